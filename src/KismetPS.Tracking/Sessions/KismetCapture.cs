using KismetPS.Capture.Live;

namespace KismetPS.Tracking;

/// <summary>Captures from an interface and tracks what it hears.</summary>
public sealed class KismetCapture : CaptureSession, ITunable
{
    private readonly LiveSource _source;

    private KismetCapture(LiveSource source, string? name, TrackerOptions? tracker)
        : base(KismetSessionKind.Capture, name, source, tracker)
    {
        _source = source;
        source.Tap = Tap;
    }

    /// <summary>Interface.</summary>
    public string Interface => EndPoint;

    int? ITunable.Channel => _source.Channel;

    void ITunable.Tune(int channel) => _source.Tune(channel);

    /// <summary>Opens on this thread (throws <see cref="KismetPS.Capture.KismetException"/>) and runs in the background.</summary>
    internal static KismetCapture Start(
        LiveCaptureOptions capture,
        TrackerOptions? tracker = null,
        string? name = null,
        string? capturePath = null,
        Action<KismetCapture>? attach = null)
    {
        KismetCapture session = new(new LiveSource(capture), name, tracker);
        session.StartCapture(capturePath, () => attach?.Invoke(session));
        return session;
    }
}
