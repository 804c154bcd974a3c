using KismetPS.Capture;

namespace KismetPS.Kismet.RemoteCapture;

/// <summary>What does not go together in the options of an export of frames, and what its user ought to know before.</summary>
internal static class RemoteCaptureChecks
{
    /// <summary>Throws ArgumentInvalid.</summary>
    public static void Check(RemoteCaptureOptions options)
    {
        options.Server.Check();

        // A login that lies about for whoever wants it is not given to this port.
        if (!options.Server.LoginIsOptional && LoginRefusal(options.Protocol, options.Server.HasLogin) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Why a login does not go that way; null where it does, or there is none.</summary>
    public static KismetException? LoginRefusal(KismetCaptureProtocol protocol, bool hasLogin) => protocol == KismetCaptureProtocol.Tcp && hasLogin
        ? new KismetException(KismetErrorId.ArgumentInvalid, "The TCP port for remote captures knows no keys and no logins.", "Use the protocol WebSocket with them, or leave them out.")
        : null;

    /// <summary>What is worth a warning before anything is sent; null: nothing.</summary>
    public static string? Warning(RemoteCaptureOptions options) => options.Protocol == KismetCaptureProtocol.WebSocket && options.Server.IsLoginInClear
        ? "The key or password goes over the network in clear text; a proxy before the server that speaks TLS protects it."
        : null;
}
