using System.Runtime.InteropServices;
using System.Text;

namespace KismetPS.Capture.Live;

/// <summary>The one request to Linux's wireless configuration (linux/nl80211.h) that we need, so that no 'iw' has to be there.</summary>
internal static unsafe partial class Nl80211
{
    private const int FamilyNetlink = 16;
    private const int Datagram = 2;
    private const int GenericNetlink = 16;
    private const int NoEntry = 2;
    private const int NoDevice = 19;
    private const int ProtocolError = 71;
    private const int BufferBytes = 8192;
    private const int TimeoutMs = 2000;

    private const ushort ControlFamily = 16;
    private const byte GetFamily = 3;
    private const ushort FamilyId = 1;
    private const ushort FamilyName = 2;

    private const byte SetWiphy = 2;
    private const ushort InterfaceIndex = 3;
    private const ushort WiphyFrequency = 0x26;
    private const ushort WiphyChannelType = 0x27;

    /// <summary>Tunes the radio of an interface to a 20 MHz channel, as 'iw dev NAME set freq MHZ' does.</summary>
    /// <returns>0, or an errno: ENOENT where the system has no wireless drivers, ENODEV where the interface is none of theirs.</returns>
    public static int SetFrequency(string name, int mhz)
    {
        uint index = IndexOf(name);
        if (index == 0)
        {
            return NoDevice;
        }

        int socket = Socket(FamilyNetlink, Datagram, GenericNetlink);
        if (socket < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        try
        {
            Span<byte> buffer = stackalloc byte[256];
            var find = new NetlinkMessage(buffer, ControlFamily, GetFamily, 1);
            find.Add(FamilyName, "nl80211");
            int error = Ask(socket, find.Finish(), out ushort family);
            if (error != 0 || family == 0)
            {
                return error != 0 ? error : NoEntry;
            }

            var tune = new NetlinkMessage(buffer, family, SetWiphy, 0);
            tune.Add(InterfaceIndex, index);
            tune.Add(WiphyFrequency, (uint)mhz);
            // NL80211_CHAN_NO_HT: the primary channel is what a monitor hears best.
            tune.Add(WiphyChannelType, 0);
            return Ask(socket, tune.Finish(), out _);
        }
        finally
        {
            _ = Close(socket);
        }
    }

    /// <summary>Sends a request and reads answers until the one that ends it.</summary>
    private static int Ask(int socket, ReadOnlySpan<byte> request, out ushort family)
    {
        family = 0;
        fixed (byte* bytes = request)
        {
            if (Send(socket, bytes, (nuint)request.Length, 0) != request.Length)
            {
                return Marshal.GetLastPInvokeError();
            }
        }

        byte[] buffer = new byte[BufferBytes];
        // An answer and an acknowledgement; no more are due.
        for (int i = 0; i < 4; i++)
        {
            var poll = new Tzsp.LinuxSocket.PollFd { Fd = socket, Events = Tzsp.LinuxSocket.PollIn };
            nint length;
            fixed (byte* bytes = buffer)
            {
                length = Tzsp.LinuxSocket.Poll(&poll, 1, TimeoutMs) > 0 ? Receive(socket, bytes, BufferBytes, 0) : -1;
            }

            if (length <= 0)
            {
                return ProtocolError;
            }

            ReadOnlySpan<byte> received = buffer.AsSpan(0, (int)length);
            while (NetlinkMessage.TryRead(ref received, out int type, out ReadOnlySpan<byte> body))
            {
                if (type == NetlinkMessage.Error)
                {
                    return NetlinkMessage.ReadError(body);
                }

                if (NetlinkMessage.TryFindU16(body, FamilyId, out ushort id))
                {
                    family = id;
                }
            }
        }

        return ProtocolError;
    }

    private static uint IndexOf(string name)
    {
        fixed (byte* text = (byte[])[.. Encoding.UTF8.GetBytes(name), 0])
        {
            return NameToIndex(text);
        }
    }

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true)]
    private static partial uint NameToIndex(byte* name);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(int socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int socket);
}
