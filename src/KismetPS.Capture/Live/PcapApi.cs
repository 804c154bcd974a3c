using System.Runtime.InteropServices;

namespace KismetPS.Capture.Live;

/// <summary>
/// The functions of libpcap or Npcap that we call, bound at run time: the library is the user's, and everything else works without it.
/// </summary>
internal sealed unsafe class PcapApi
{
    /// <summary>PCAP_ERRBUF_SIZE.</summary>
    public const int ErrorBufferBytes = 256;

    private static readonly Lazy<PcapApi?> s_installed = new(static () => TryLoad(Candidates()));

    private readonly nint _library;

    private PcapApi(nint library)
    {
        _library = library;
        Create = (delegate* unmanaged[Cdecl]<byte*, byte*, nint>)Need("pcap_create");
        SetSnapLength = Setter("pcap_set_snaplen");
        SetPromiscuous = Setter("pcap_set_promisc");
        SetTimeout = Setter("pcap_set_timeout");
        SetBufferSize = Setter("pcap_set_buffer_size");
        SetMonitor = Setter("pcap_set_rfmon");
        CanSetMonitor = (delegate* unmanaged[Cdecl]<nint, int>)Need("pcap_can_set_rfmon");
        Activate = (delegate* unmanaged[Cdecl]<nint, int>)Need("pcap_activate");
        DataLink = (delegate* unmanaged[Cdecl]<nint, int>)Need("pcap_datalink");
        SetDataLink = Setter("pcap_set_datalink");
        ListDataLinks = (delegate* unmanaged[Cdecl]<nint, int**, int>)Need("pcap_list_datalinks");
        FreeDataLinks = (delegate* unmanaged[Cdecl]<int*, void>)Need("pcap_free_datalinks");
        Compile = (delegate* unmanaged[Cdecl]<nint, void*, byte*, int, uint, int>)Need("pcap_compile");
        SetFilter = (delegate* unmanaged[Cdecl]<nint, void*, int>)Need("pcap_setfilter");
        FreeCode = (delegate* unmanaged[Cdecl]<void*, void>)Need("pcap_freecode");
        Next = (delegate* unmanaged[Cdecl]<nint, byte**, byte**, int>)Need("pcap_next_ex");
        Stats = (delegate* unmanaged[Cdecl]<nint, uint*, int>)Need("pcap_stats");
        SetNonBlock = (delegate* unmanaged[Cdecl]<nint, int, byte*, int>)Need("pcap_setnonblock");
        Close = (delegate* unmanaged[Cdecl]<nint, void>)Need("pcap_close");
        Error = (delegate* unmanaged[Cdecl]<nint, byte*>)Need("pcap_geterr");
        StatusText = (delegate* unmanaged[Cdecl]<int, byte*>)Need("pcap_statustostr");
        FindDevices = (delegate* unmanaged[Cdecl]<nint*, byte*, int>)Need("pcap_findalldevs");
        FreeDevices = (delegate* unmanaged[Cdecl]<nint, void>)Need("pcap_freealldevs");

        // Not in every version or on every system.
        SetTimePrecision = (delegate* unmanaged[Cdecl]<nint, int, int>)Find("pcap_set_tstamp_precision");
        GetTimePrecision = (delegate* unmanaged[Cdecl]<nint, int>)Find("pcap_get_tstamp_precision");
        SelectableFd = (delegate* unmanaged[Cdecl]<nint, int>)Find("pcap_get_selectable_fd");
        Event = (delegate* unmanaged[Cdecl]<nint, nint>)Find("pcap_getevent");

        // From 1.10 on Npcap can take and give UTF-8 instead of the code page.
        var init = (delegate* unmanaged[Cdecl]<uint, byte*, int>)Find("pcap_init");
        if (init != null)
        {
            byte* error = stackalloc byte[ErrorBufferBytes];
            init(1, error);
        }
    }

    /// <summary>The library installed here. Throws <see cref="KismetException"/> (<see cref="KismetErrorId.PcapLibraryMissing"/>).</summary>
    public static PcapApi Installed => s_installed.Value ?? throw Missing();

    /// <summary>Whether the library is there.</summary>
    public static bool IsInstalled => s_installed.Value != null;

    public delegate* unmanaged[Cdecl]<byte*, byte*, nint> Create { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> SetSnapLength { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> SetPromiscuous { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> SetTimeout { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> SetBufferSize { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> SetMonitor { get; }

    public delegate* unmanaged[Cdecl]<nint, int> CanSetMonitor { get; }

    public delegate* unmanaged[Cdecl]<nint, int> Activate { get; }

    public delegate* unmanaged[Cdecl]<nint, int> DataLink { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int> SetDataLink { get; }

    public delegate* unmanaged[Cdecl]<nint, int**, int> ListDataLinks { get; }

    public delegate* unmanaged[Cdecl]<int*, void> FreeDataLinks { get; }

    public delegate* unmanaged[Cdecl]<nint, void*, byte*, int, uint, int> Compile { get; }

    public delegate* unmanaged[Cdecl]<nint, void*, int> SetFilter { get; }

    public delegate* unmanaged[Cdecl]<void*, void> FreeCode { get; }

    public delegate* unmanaged[Cdecl]<nint, byte**, byte**, int> Next { get; }

    public delegate* unmanaged[Cdecl]<nint, uint*, int> Stats { get; }

    public delegate* unmanaged[Cdecl]<nint, int, byte*, int> SetNonBlock { get; }

    public delegate* unmanaged[Cdecl]<nint, void> Close { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*> Error { get; }

    public delegate* unmanaged[Cdecl]<int, byte*> StatusText { get; }

    public delegate* unmanaged[Cdecl]<nint*, byte*, int> FindDevices { get; }

    public delegate* unmanaged[Cdecl]<nint, void> FreeDevices { get; }

    /// <summary>Null before libpcap 1.5.</summary>
    public delegate* unmanaged[Cdecl]<nint, int, int> SetTimePrecision { get; }

    /// <summary>Null before libpcap 1.5.</summary>
    public delegate* unmanaged[Cdecl]<nint, int> GetTimePrecision { get; }

    /// <summary>Null on Windows.</summary>
    public delegate* unmanaged[Cdecl]<nint, int> SelectableFd { get; }

    /// <summary>Null but on Windows.</summary>
    public delegate* unmanaged[Cdecl]<nint, nint> Event { get; }

    /// <summary>Loads the first of these libraries that there is, null if none can be loaded.</summary>
    public static PcapApi? TryLoad(IEnumerable<string> candidates)
    {
        foreach (string candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate, typeof(PcapApi).Assembly, DllImportSearchPath.UseDllDirectoryForDependencies | DllImportSearchPath.System32, out nint library))
            {
                continue;
            }

            try
            {
                return new PcapApi(library);
            }
            catch (EntryPointNotFoundException)
            {
                // WinPcap, or a libpcap before 1.0 (2008).
                NativeLibrary.Free(library);
            }
        }

        return null;
    }

    /// <summary>The error for a machine without the library.</summary>
    public static KismetException Missing() => OperatingSystem.IsWindows()
        ? new KismetException(KismetErrorId.PcapLibraryMissing, "Capturing from interfaces needs Npcap, which is not installed.", "Install Npcap from https://npcap.com (for monitor mode with 'Support raw 802.11 traffic').")
        : new KismetException(KismetErrorId.PcapLibraryMissing, "Capturing from interfaces needs libpcap, which is not installed.", "Install it: 'apt install libpcap0.8' on Debian and Ubuntu, 'dnf install libpcap' on Fedora and Red Hat, 'apk add libpcap' on Alpine.");

    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            // Npcap keeps to a folder of its own unless installed in WinPcap-compatible mode.
            yield return Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll");
            yield return Path.Combine(Environment.SystemDirectory, "wpcap.dll");
        }
        else if (OperatingSystem.IsMacOS())
        {
            yield return "libpcap.A.dylib";
            yield return "libpcap.dylib";
        }
        else
        {
            // Red Hat, Alpine and Arch name it by its version, Debian by that of 1999.
            yield return "libpcap.so.1";
            yield return "libpcap.so.0.8";
            yield return "libpcap.so";
        }
    }

    private delegate* unmanaged[Cdecl]<nint, int, int> Setter(string name) => (delegate* unmanaged[Cdecl]<nint, int, int>)Need(name);

    private nint Need(string name) => NativeLibrary.GetExport(_library, name);

    private nint Find(string name) => NativeLibrary.TryGetExport(_library, name, out nint address) ? address : 0;
}
