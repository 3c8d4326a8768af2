# What real-parts/guests/database measures on each side and in each round: a fork of each.
DatabaseBench.commit   -p dataFolder=/mnt/tare -t 1 -f 1 -wi 1 -w 2s -i 3 -r 3s
DatabaseBench.commit   -p dataFolder=/mnt/tare -t 4 -f 1 -wi 1 -w 2s -i 3 -r 3s
DatabaseBench.tpcbLike -p scale=1 -p dataFolder=/mnt/tare -t 1 -f 1 -wi 1 -w 2s -i 3 -r 3s
# The log's block, durable when it is done, as the server's log is.
FileBench.(sequentialWrite|randomWrite) -p target=/mnt/tare -p sync=dsync -p blockBytes=8192 -p sizeBytes=64m -f 1 -wi 1 -w 2s -i 3 -r 3s
