using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace KismetPS.Capture.Live;

/// <summary>The interfaces that libpcap (libpcap.so.1, libpcap.dylib) or Npcap (wpcap.dll) can capture from.</summary>
internal static unsafe class PcapLibrary
{
    private const uint FlagLoopback = 1;
    private const uint FlagUp = 2;
    private const uint FlagWireless = 8;

    // What libpcap lists besides network interfaces: netfilter logs, D-Bus, USB, Bluetooth.
    private static readonly string[] s_notNetwork = ["nflog", "nfqueue", "dbus-", "usbmon", "bluetooth"];

    /// <summary>
    /// Lists interfaces in the library's order. Throws <see cref="KismetException"/>: <see cref="KismetErrorId.PcapLibraryMissing"/>,
    /// <see cref="KismetErrorId.PermissionDenied"/>, <see cref="KismetErrorId.NetworkFailure"/>.
    /// </summary>
    public static IReadOnlyList<KismetInterface> GetInterfaces()
    {
        PcapApi api = PcapApi.Installed;
        byte* error = stackalloc byte[PcapApi.ErrorBufferBytes];
        error[0] = 0;
        nint first;
        if (api.FindDevices(&first, error) != 0)
        {
            throw new KismetException(KismetErrorId.NetworkFailure, $"The interfaces cannot be listed: {Text(error)}", PcapErrors.Rights);
        }

        try
        {
            List<KismetInterface> found = [];
            for (var at = (Device*)first; at != null; at = at->Next)
            {
                string name = Text(at->Name);
                if (name.Length > 0 && !s_notNetwork.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
                {
                    found.Add(Describe(api, name, at));
                }
            }

            return found;
        }
        finally
        {
            api.FreeDevices(first);
        }
    }

    /// <summary>Text of a C string.</summary>
    internal static string Text(byte* text) => text == null ? string.Empty : Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;

    /// <summary>A C string of a text.</summary>
    internal static byte[] CString(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    /// <summary>Whether an interface is wireless; null where the system does not tell.</summary>
    internal static bool? IsWireless(string name, uint flags)
    {
        if ((flags & FlagWireless) != 0)
        {
            return true;
        }

        if ((flags & FlagLoopback) != 0)
        {
            return false;
        }

        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        // cfg80211 links the radio, the older wireless extensions make a folder.
        string folder = Path.Combine("/sys/class/net", Path.GetFileName(name));
        return Directory.Exists(Path.Combine(folder, "phy80211")) || Directory.Exists(Path.Combine(folder, "wireless"));
    }

    /// <summary>Address of a sockaddr, null if it is no IP address.</summary>
    internal static IPAddress? ToAddress(ReadOnlySpan<byte> sockaddr, bool bsd)
    {
        // BSD systems have a length byte in front of a family of one byte; elsewhere the family has two, in the machine's order.
        int family = bsd ? sockaddr[1] : MemoryMarshal.Read<ushort>(sockaddr);
        return family switch
        {
            2 => new IPAddress(sockaddr.Slice(4, 4)),

            // AF_INET6: Linux 10, Windows 23, FreeBSD 28, macOS 30. The scope is in the machine's order.
            10 or 23 or 28 or 30 when sockaddr.Length >= 28 => new IPAddress(sockaddr.Slice(8, 16), MemoryMarshal.Read<uint>(sockaddr[24..])),
            _ => null,
        };
    }

    private static KismetInterface Describe(PcapApi api, string name, Device* device)
    {
        List<string> addresses = [];
        for (Address* at = device->Addresses; at != null; at = at->Next)
        {
            if (at->Value == null)
            {
                continue;
            }

            bool bsd = OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD();
            int family = bsd ? at->Value[1] : *(ushort*)at->Value;
            // Only what the family says is there may be looked at.
            int length = family == 2 ? 16 : family is 10 or 23 or 28 or 30 ? 28 : 0;
            if (length > 0 && ToAddress(new ReadOnlySpan<byte>(at->Value, length), bsd) is { } address)
            {
                addresses.Add(address.ToString());
            }
        }

        string description = Text(device->Description);
        bool? wireless = IsWireless(name, device->Flags);
        return new KismetInterface
        {
            Name = name,
            Description = description.Length > 0 ? description : null,
            IsWireless = wireless,
            CanMonitor = wireless == false ? false : CanMonitor(api, name),
            IsUp = (device->Flags & FlagUp) != 0,
            IsLoopback = (device->Flags & FlagLoopback) != 0,
            Addresses = new DetailList<string>(addresses),
        };
    }

    private static bool? CanMonitor(PcapApi api, string name)
    {
        byte* error = stackalloc byte[PcapApi.ErrorBufferBytes];
        nint handle;
        fixed (byte* source = CString(name))
        {
            handle = api.Create(source, error);
        }

        if (handle == 0)
        {
            return null;
        }

        int can = api.CanSetMonitor(handle);
        api.Close(handle);
        return can switch { 1 => true, 0 => false, _ => null };
    }

    /// <summary>pcap_if_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Device
    {
        public Device* Next;
        public byte* Name;
        public byte* Description;
        public Address* Addresses;
        public uint Flags;
    }

    /// <summary>pcap_addr_t.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Address
    {
        public Address* Next;
        public byte* Value;
        public byte* Mask;
        public byte* Broadcast;
        public byte* Destination;
    }
}
