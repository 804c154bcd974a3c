using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace KismetPS.Capture.Tests.Live;

/// <summary>
/// A network interface made for a test (Linux TAP): what is written to it is received by whoever captures on it. Its hardware type can be that
/// of a radio in monitor mode. Gone when disposed.
/// </summary>
internal sealed unsafe partial class TapDevice : IDisposable
{
    public const int Ethernet = 1;
    public const int MonitorRadiotap = 803;
    public const int Monitor80211 = 801;

    private const ulong TunSetInterface = 0x400454CA;
    private const ulong TunSetLink = 0x400454CD;
    private const ulong SetFlags = 0x8914;
    private const short Tap = 2;
    private const short NoPacketInformation = 0x1000;
    private const short UpAndRunning = 0x41;

    private readonly SafeFileHandle _handle;

    public TapDevice(int hardwareType)
    {
        Name = $"kps{Environment.ProcessId % 100_000:D5}{(char)('a' + (Interlocked.Increment(ref s_count) % 26))}";
        _handle = File.OpenHandle("/dev/net/tun", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        int fd = (int)_handle.DangerousGetHandle();
        byte* request = stackalloc byte[40];
        Fill(request, (short)(Tap | NoPacketInformation));
        Check(Control(fd, TunSetInterface, (nint)request), "TUNSETIFF");
        if (hardwareType != Ethernet)
        {
            Check(Control(fd, TunSetLink, hardwareType), "TUNSETLINK");
        }

        int socket = Socket(2, 2, 0);
        Fill(request, UpAndRunning);
        int up = Control(socket, SetFlags, (nint)request);
        _ = Close(socket);
        Check(up, "SIOCSIFFLAGS");
    }

    public string Name { get; }

    /// <summary>One packet arrives.</summary>
    public void Receive(byte[] packet)
    {
        fixed (byte* bytes = packet)
        {
            Check((int)Write((int)_handle.DangerousGetHandle(), bytes, (nuint)packet.Length), "write");
        }
    }

    public void Dispose() => _handle.Dispose();

    private static int s_count;

    private void Fill(byte* request, short flags)
    {
        new Span<byte>(request, 40).Clear();
        Encoding.ASCII.GetBytes(Name, new Span<byte>(request, 15));
        *(short*)(request + 16) = flags;
    }

    private static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new InvalidOperationException($"{what} failed: {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int fd, ulong request, nint argument);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int fd, byte* bytes, nuint length);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int fd);
}
