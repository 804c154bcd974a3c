namespace KismetPS.Capture.Tzsp;

/// <summary>Tag numbers: those of the protocol description, and 14, 30, 31, 80 to 84 as Wireshark knows them from later sensors.</summary>
internal static class TzspTagNumber
{
    public const byte Padding = 0;
    public const byte End = 1;
    public const byte RawRssi = 10;
    public const byte Snr = 11;
    public const byte DataRate = 12;
    public const byte Timestamp = 13;
    public const byte MessageType = 14;
    public const byte ContentionFree = 15;
    public const byte Decrypted = 16;
    public const byte FcsError = 17;
    public const byte RxChannel = 18;
    public const byte StationStatistics = 30;
    public const byte PacketStatistics = 31;
    public const byte PacketCount = 40;
    public const byte RxFrameLength = 41;
    public const byte WlanRadioHdrSerial = 60;
    public const byte DeviceName = 80;
    public const byte CaptureLocation = 81;
    public const byte CaptureTime = 82;
    public const byte CaptureInformation = 83;
    public const byte CaptureId = 84;

    /// <summary>The protocol's name in Pascal form (TAG_RAW_RSSI becomes RawRssi), <c>Unknown</c> for numbers nobody named.</summary>
    public static string NameOf(int number) => number switch
    {
        RawRssi => nameof(RawRssi),
        Snr => nameof(Snr),
        DataRate => nameof(DataRate),
        Timestamp => nameof(Timestamp),
        MessageType => nameof(MessageType),
        ContentionFree => nameof(ContentionFree),
        Decrypted => nameof(Decrypted),
        FcsError => nameof(FcsError),
        RxChannel => nameof(RxChannel),
        StationStatistics => nameof(StationStatistics),
        PacketStatistics => nameof(PacketStatistics),
        PacketCount => nameof(PacketCount),
        RxFrameLength => nameof(RxFrameLength),
        WlanRadioHdrSerial => nameof(WlanRadioHdrSerial),
        DeviceName => nameof(DeviceName),
        CaptureLocation => nameof(CaptureLocation),
        CaptureTime => nameof(CaptureTime),
        CaptureInformation => nameof(CaptureInformation),
        CaptureId => nameof(CaptureId),
        _ => "Unknown",
    };
}
