# nightly: all components with enough forks for confidence intervals, in about forty minutes.

LuSolveBench.ejml           -p order=500,1000  -f 5 -wi 3 -w 1s -i 3 -r 1s
StreamBench                 -f 5 -wi 2 -w 1s -i 3 -r 1s
FileBench.(random|sequential)(Read|Write) -p blockBytes=4096,1048576 -p sizeBytes=1g -f 5 -wi 1 -w 1s -i 5 -r 1s
SocketBench                 -p messageBytes=4096,262144,4194304 -f 5 -wi 2 -w 1s -i 3 -r 1s
