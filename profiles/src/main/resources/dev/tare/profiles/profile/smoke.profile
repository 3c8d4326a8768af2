# smoke: every component once, in at most three minutes on two cores.
# Too short to judge a hypervisor by; it shows that everything runs here and what it roughly yields.

LuSolveBench.ejml           -p order=500       -f 2 -wi 2 -w 500ms -i 3 -r 500ms
StreamBench.(copy|triad)    -f 2 -wi 1 -w 500ms -i 3 -r 500ms
FileBench.(random|sequential)(Read|Write) -p sizeBytes=64m -f 2 -wi 1 -w 500ms -i 3 -r 500ms
SocketBench                 -p messageBytes=262144 -f 2 -wi 1 -w 500ms -i 3 -r 500ms
