# paper: the parameters of the 2010 study of Xen.
# Transfers of 4, 32, 256 KiB, 1 and 4 MiB, three minutes each, one outstanding I/O.

LuSolveBench.ejml           -p order=500,1000,2000 -f 1 -wi 3 -i 10
StreamBench                 -f 1 -wi 3 -i 10
FileBench.(random|sequential)(Read|Write) -p blockBytes=4096,32768,262144,1048576,4194304 -f 1 -wi 1 -w 10s -i 18 -r 10s
SocketBench                 -p messageBytes=4096,32768,262144,1048576,4194304 -f 1 -wi 1 -w 10s -i 18 -r 10s
