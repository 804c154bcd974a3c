using KismetPS.Capture.Live;

namespace KismetPS.Tracking;

/// <summary>Captures from an interface and tracks what it hears.</summary>
public sealed class KismetCapture : CaptureSession
{
    private KismetCapture(string? name)
        : base(KismetSessionKind.Capture, name)
    {
    }

    /// <summary>Interface.</summary>
    public string Interface => EndPoint;

    /// <summary>Opens on this thread (throws <see cref="KismetPS.Capture.KismetException"/>) and runs in the background.</summary>
    internal static KismetCapture Start(
        LiveCaptureOptions capture,
        TrackerOptions? tracker = null,
        string? name = null,
        string? capturePath = null,
        Action<KismetCapture>? attach = null) => throw new NotImplementedException();
}
