# nightly: all components with enough forks for confidence intervals, in about three quarters of an hour.
# Stream arrays have a size of their own, because a guest may see other caches than its host: where the last-level caches
# hold more than 32 MiB together, give all machines four times that with -p arrayBytes=...

FmaPeakBench                  -f 5 -wi 1 -w 1s -i 3 -r 1s
LuSolveBench.blocked          -p order=500,2000                                  -f 5 -wi 2 -w 1s -i 3 -r 1s
LinpackBench                  -p arraySize=1000                                  -f 5 -wi 3 -w 1s -i 3 -r 1s
StreamBench                   -p elementType=DOUBLE -p arrayBytes=134217728      -f 5 -wi 1 -w 1s -i 3 -r 1s
BlockBench.float(Read|Write)  -p blockBytes=16384,524288,4194304                 -f 5 -wi 1 -w 1s -i 3 -r 1s
LatencyBench                  -p blockBytes=65536,4194304,268435456              -f 5 -wi 1 -w 500ms -i 3 -r 1s
FileBench.(random|sequential)(Read|Write) -p blockBytes=4096,1048576             -f 5 -wi 1 -w 1s -i 6 -r 1s
FileBench.mixed               -p queueDepth=1,32                                 -f 5 -wi 1 -w 1s -i 6 -r 1s
FileBench.mixed               -p queueDepth=32 -p ratePerS=1000 -p arrivals=poisson -f 5 -wi 1 -w 1s -i 3 -r 2s
IscsiBench.(random|sequential)(Read|Write) -p blockBytes=4096,262144 -p sizeBytes=256m -f 5 -wi 2 -w 1s -i 6 -r 1s
SocketBench.(send|receive)    -p messageBytes=4096,262144,4194304                -f 5 -wi 1 -w 1s -i 6 -r 1s
RoundTripBench                -p messageBytes=1,1024                            -f 5 -wi 1 -w 1s -i 6 -r 1s -prof cpus:apart
ConnectBench                  -f 5 -wi 1 -w 1s -i 6 -r 1s
LatencyUnderLoadBench         -p load=send,receive                               -f 5 -wi 1 -w 1s -i 3 -r 1s -prof cpus:apart
# Of the next two, what this JDK or machine cannot run is left out, and said: system calls need JDK 22, most hand-overs two processors.
# Without their controls, whose efficiency would count in the mean over the component.
TimerBench.(sleep|parkNanos|nanoTime|currentTimeMillis|instantNow|clockGettime) -p clock=MONOTONIC -f 5 -wi 1 -w 300ms -i 3 -r 500ms
SyscallBench.(nullCall|freshPage|contextSwitch|wakeUp|protectShared)             -f 5 -wi 1 -w 300ms -i 3 -r 500ms
# Where PostgreSQL's programs are; left out with the reason elsewhere. Its data goes to the working folder's disk, as FileBench's.
DatabaseBench.(tpcbLike|commit) -p scale=10 -p dataFolder=. -t 2 -f 5 -wi 2 -w 2s -i 5 -r 2s
