# application: what clients get of a database server, in about a quarter of an hour.
# A PostgreSQL server of the run's own, with its data in the working folder (another: -p dataFolder=...), or one elsewhere with
# -p database=jdbc:postgresql://HOST/DATABASE?user=ROLE -p passwordFile=FILE. docs/application.md says how to read it.

DatabaseBench.(tpcbLike|simpleUpdate) -p scale=10 -p dataFolder=. -t 1 -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.tpcbLike                -p scale=10 -p dataFolder=. -t 8 -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.selectOnly              -p scale=10 -p dataFolder=. -t 1 -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.selectOnly              -p scale=10 -p dataFolder=. -t 2 -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.commit                  -p dataFolder=. -t 1 -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.commit                  -p dataFolder=. -t 8 -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.bulkCopy(In|Out)        -p dataFolder=. -f 3 -wi 2 -w 2s -i 5 -r 2s
DatabaseBench.(sequentialScan|hashJoin) -p tableBytes=buffers,memory -p dataFolder=. -f 3 -wi 2 -w 2s -i 5 -r 2s
