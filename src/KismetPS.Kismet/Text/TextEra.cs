namespace KismetPS.Kismet.Text;

/// <summary>The two dialects of Kismet's text protocol.</summary>
public enum TextEra
{
    /// <summary>Not told apart yet.</summary>
    Unknown = 0,

    /// <summary>2004 to 2008-05: six words of greeting, unquoted ACK and ERROR, NETWORK and CARD.</summary>
    Stable,

    /// <summary>2009-05 to 2016-07: five words of greeting, BSSID, SSID and SOURCE.</summary>
    Newcore,
}
