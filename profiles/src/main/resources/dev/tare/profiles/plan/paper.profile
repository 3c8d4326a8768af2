# paper: the parameters of the 2010 study of Xen; about three hours, and what LINPACK's series take on top.
# Measure a part of it with --only.

# LINPACK: arrays of 1000, 2000, 4000, 8000 with 10 repetitions each, and no new one after 20 minutes.
# An iteration lasts as long as a series; -to lets it, because JMH would otherwise stop it after ten minutes.
LinpackBench -p arraySize=1000,2000,4000,8000 -p repetitions=10 -p timeLimitS=1200 -f 1 -wi 1 -w 1s -i 1 -r 1s -to 90m

# RAMspeed: one block of 1 KiB to 32 MiB, read or written again and again; then 32 MiB per array.
BlockBench   -f 1 -wi 2 -w 1s -i 5 -r 1s
StreamBench  -p arrayBytes=33554432 -f 1 -wi 2 -w 1s -i 5 -r 1s

# Iometer: transfers of 4, 32, 256 KiB, 1 and 4 MiB, three minutes each, one outstanding I/O.
# The study's disks were images on iSCSI LUNs. Where the kernel's initiator provides yours, name its device, or a folder
# on it, with --only FileBench -p target=...; our own initiator takes its address: --only IscsiBench -p target=iscsi://...
# Without a target these are a file in the working folder, and a target of ours in memory; see docs/iscsi.md.
FileBench.(random|sequential)(Read|Write) -p blockBytes=4096,32768,262144,1048576,4194304 -p sizeBytes=4g -f 1 -wi 1 -w 10s -i 18 -r 10s
IscsiBench.(random|sequential)(Read|Write) -p blockBytes=4096,32768,262144,1048576,4194304 -p sizeBytes=256m -f 1 -wi 1 -w 10s -i 18 -r 10s
SocketBench.(send|receive) -p messageBytes=4096,32768,262144,1048576,4194304 -f 1 -wi 1 -w 10s -i 18 -r 10s
