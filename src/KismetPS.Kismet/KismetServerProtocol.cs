namespace KismetPS.Kismet;

/// <summary>How to talk to a Kismet server.</summary>
public enum KismetServerProtocol
{
    /// <summary>Found out: a server up to 2016 speaks first, a newer one does not.</summary>
    Auto,

    /// <summary>Lines of text, 2004 to 2016.</summary>
    Text,

    /// <summary>HTTP and WebSocket, since 2016.</summary>
    Rest,
}
