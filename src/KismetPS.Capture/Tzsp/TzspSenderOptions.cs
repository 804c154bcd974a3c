namespace KismetPS.Capture.Tzsp;

/// <summary>How TZSP is sent.</summary>
internal sealed record TzspSenderOptions
{
    /// <summary>Messages a second; 0: as fast as it goes.</summary>
    public double Rate { get; init; }

    /// <summary>Message type.</summary>
    public TzspType Type { get; init; } = TzspType.Received;

    /// <summary>Sensor MAC put into tag 60; null: no such tag.</summary>
    public KismetPS.Wireless.MacAddress? Serial { get; init; }

    /// <summary>Sensor name put into tag 80; null: none.</summary>
    public string? DeviceName { get; init; }

    /// <summary>Local address to send from; null: the system's choice.</summary>
    public System.Net.IPAddress? LocalAddress { get; init; }

    /// <summary>
    /// Leaves radiotap, Prism and AVS headers on the frames (encapsulations 126, 119, 127) besides the tags: nothing is lost, but fewer receivers
    /// read them. Otherwise frames go as plain 802.11 without FCS.
    /// </summary>
    public bool KeepRadioHeader { get; init; }
}
