using KismetPS.Capture;
using KismetPS.Capture.Pcap;

namespace KismetPS.Tracking;

/// <summary>Reads a capture file and tracks what is in it.</summary>
public sealed class KismetImport : CaptureSession
{
    private readonly CaptureFileSource _source;

    private KismetImport(CaptureFileSource source, string? name, TrackerOptions? tracker, bool waits)
        : base(KismetSessionKind.Import, name, source, tracker, waits)
    {
        _source = source;
        _source.Tap = Tap;
    }

    /// <summary>What is wrong with the file and at which offset, null if nothing is. What came before is in the tables.</summary>
    public KismetException? Damage => _source.Damage;

    /// <summary>Opens on this thread (throws <see cref="KismetException"/>) and runs in the background.</summary>
    internal static KismetImport Start(
        string path,
        CaptureFileOptions? options = null,
        TrackerOptions? tracker = null,
        string? name = null,
        Action<KismetImport>? attach = null)
    {
        options ??= new CaptureFileOptions();
        KismetImport session = new(new CaptureFileSource(path, options), name, tracker, waits: options.Speed == 0);
        session.StartCapture(null, () => attach?.Invoke(session));
        return session;
    }
}
