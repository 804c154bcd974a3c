using KismetPS.Capture;

namespace KismetPS.Export.Messages;

/// <summary>Makes encoders.</summary>
internal static class MessageEncoders
{
    /// <summary>Names of all fields, as the properties are called.</summary>
    public static IReadOnlyList<string> FieldNames { get; } = [];

    /// <summary>An encoder. Throws <see cref="KismetException"/> (ArgumentInvalid) where a field is not known or named twice.</summary>
    public static IMessageEncoder Create(DeviceDataFormat format, MessageOptions options) =>
        throw new KismetException(KismetErrorId.ArgumentInvalid, $"The format {format} is not known.");

    /// <summary>How messages of the format are told apart on a stream.</summary>
    public static MessageFraming FramingOf(DeviceDataFormat format) => format switch
    {
        DeviceDataFormat.Syslog or DeviceDataFormat.Cef => MessageFraming.OctetCount,
        DeviceDataFormat.Gelf => MessageFraming.Nul,
        _ => MessageFraming.LineFeed,
    };
}
