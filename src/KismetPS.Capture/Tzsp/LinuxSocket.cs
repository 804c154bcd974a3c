using System.Runtime.InteropServices;

namespace KismetPS.Capture.Tzsp;

/// <summary>The system calls of Linux that .NET has no face for. Constants are those of the generic ABI, which every architecture .NET runs on has.</summary>
internal static unsafe partial class LinuxSocket
{
    public const int SolSocket = 1;
    public const int SoRcvBuf = 8;
    public const int SoRcvBufForce = 33;
    public const int SoMemInfo = 55;

    /// <summary>Index of the drop counter in the array that SO_MEMINFO gives (linux/sock_diag.h, SK_MEMINFO_DROPS).</summary>
    public const int MemInfoDrops = 8;

    public const short PollIn = 1;
    public const int MsgDontWait = 0x40;

    public const int Eintr = 4;
    public const int Eagain = 11;
    public const int Enomem = 12;
    public const int Enobufs = 105;
    public const int Econnrefused = 111;

    [StructLayout(LayoutKind.Sequential)]
    public struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr; natural alignment gives the C layout on 32 and 64 bits.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MultiMessageHeader
    {
        public MessageHeader Header;
        public uint Length;
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* fds, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(int fd, MultiMessageHeader* messages, uint count, int flags, void* timeout);
}
