# smoke: every component once, in at most three minutes on two cores.
# It shows that everything runs here and what it roughly yields; to judge a hypervisor take nightly.

LuSolveBench.(ejml|blocked)$  -p order=500                                   -f 3 -wi 3 -w 500ms -i 2 -r 500ms
StreamBench.(copy|triad)      -p elementType=DOUBLE -p arrayBytes=67108864   -f 3 -wi 1 -w 300ms -i 2 -r 300ms
BlockBench.floatRead          -p blockBytes=16384,16777216                   -f 3 -wi 1 -w 300ms -i 2 -r 300ms
LatencyBench                  -p blockBytes=67108864                         -f 3 -wi 1 -w 300ms -i 2 -r 300ms
FileBench.(random|sequential)(Read|Write) -p sizeBytes=64m                   -f 3 -wi 1 -w 500ms -i 2 -r 500ms
IscsiBench.randomRead         -p sizeBytes=64m                               -f 3 -wi 1 -w 500ms -i 2 -r 500ms
SocketBench.(send|receive)    -p messageBytes=262144                         -f 3 -wi 1 -w 500ms -i 2 -r 500ms
RoundTripBench.tcp            -p messageBytes=1                              -f 3 -wi 1 -w 500ms -i 2 -r 500ms -prof cpus:apart
TimerBench.(parkNanos|nanoTime) -p parkUs=1000                               -f 3 -wi 1 -w 200ms -i 2 -r 200ms
