# nightly: all components with enough forks for confidence intervals, in about forty minutes.

LuSolveBench.blocked          -p order=500,2000                              -f 5 -wi 2 -w 1s -i 3 -r 1s
LinpackBench                  -p arraySize=1000                              -f 5 -wi 2 -w 1s -i 3 -r 1s
StreamBench                   -p elementType=DOUBLE                          -f 5 -wi 1 -w 1s -i 3 -r 1s
BlockBench.float(Read|Write)  -p blockBytes=16384,524288,4194304             -f 5 -wi 1 -w 500ms -i 3 -r 500ms
LatencyBench                  -p blockBytes=65536,4194304,268435456          -f 5 -wi 1 -w 500ms -i 3 -r 500ms
FileBench.(random|sequential)(Read|Write) -p blockBytes=4096,1048576         -f 5 -wi 1 -w 1s -i 4 -r 1s
IscsiBench.(random|sequential)(Read|Write) -p blockBytes=4096,1048576 -p sizeBytes=256m -f 5 -wi 1 -w 1s -i 3 -r 1s
SocketBench                   -p messageBytes=4096,262144,4194304            -f 5 -wi 1 -w 1s -i 4 -r 1s
