namespace KismetPS.Wireless.Frames;

/// <summary>Which members of <see cref="FrameFacts"/> hold a value.</summary>
[Flags]
internal enum FrameParts
{
    None = 0,

    /// <summary>Receiver address (address 1).</summary>
    Receiver = 1 << 0,

    /// <summary>Transmitter address (address 2), the group bit of a bandwidth-signalling TA cleared.</summary>
    Transmitter = 1 << 1,

    /// <summary>Source address (SA) by the ToDS/FromDS table.</summary>
    Source = 1 << 2,

    /// <summary>Destination address (DA).</summary>
    Destination = 1 << 3,

    /// <summary>BSSID; absent in four-address frames.</summary>
    Bssid = 1 << 4,

    /// <summary>Sequence and fragment number.</summary>
    Sequence = 1 << 5,

    /// <summary>QoS control.</summary>
    Qos = 1 << 6,

    /// <summary>The body is an aggregate of MSDUs (<see cref="AmsduReader"/>).</summary>
    Amsdu = 1 << 7,

    /// <summary>HT control behind the header.</summary>
    HtControl = 1 << 8,

    /// <summary>Mesh control in front of the body.</summary>
    Mesh = 1 << 9,

    /// <summary>Mesh address extension: <see cref="FrameFacts.MeshSource"/> (and, mode 2, <see cref="FrameFacts.MeshDestination"/>).</summary>
    MeshSource = 1 << 10,

    /// <summary>Mesh address extension mode 2.</summary>
    MeshDestination = 1 << 11,

    /// <summary>Capability field (beacons, probe and association frames).</summary>
    Capability = 1 << 12,

    /// <summary>Beacon interval and TSF.</summary>
    Beacon = 1 << 13,

    /// <summary>Reason code (deauthentication, disassociation; not when protected).</summary>
    Reason = 1 << 14,

    /// <summary>Status code (association responses, authentication).</summary>
    Status = 1 << 15,

    /// <summary>Authentication algorithm and sequence.</summary>
    Authentication = 1 << 16,

    /// <summary>Action category and code.</summary>
    Action = 1 << 17,

    /// <summary>Elements follow at <see cref="FrameFacts.ElementsOffset"/>.</summary>
    Elements = 1 << 18,

    /// <summary>The frame ends before its fixed body parts do; the header is good.</summary>
    BodyTruncated = 1 << 19,

    /// <summary>An EAPOL frame.</summary>
    Eapol = 1 << 20,

    /// <summary>EAPOL-Key with a message number 1 to 4 of the four-way handshake, or 5 and 6 for the group handshake.</summary>
    EapolKey = 1 << 21,

    /// <summary>Data cipher seen in the IV (<see cref="FrameFacts.DataCipher"/>).</summary>
    DataCipher = 1 << 22,

    /// <summary>Carries payload (not null, not CF only).</summary>
    Payload = 1 << 23,
}
