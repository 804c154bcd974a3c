namespace KismetPS.Capture.Live;

/// <summary>The thin binding to libpcap (libpcap.so.1, libpcap.dylib) and Npcap (wpcap.dll).</summary>
internal static class PcapLibrary
{
    /// <summary>Lists interfaces. Throws <see cref="KismetException"/> (<see cref="KismetErrorId.PcapLibraryMissing"/>).</summary>
    public static IReadOnlyList<KismetInterface> GetInterfaces() => throw new NotImplementedException();
}
