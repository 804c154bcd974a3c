using System.Text.Json;
using KismetPS.Wireless.Radio;

namespace KismetPS.Kismet.Rest;

/// <summary>Use of the channels as the server tells it, by frequency.</summary>
internal static class RestChannels
{
    // A hostile server may tell any number.
    private const int MaxChannels = 1024;

    /// <summary>Reads an answer; what cannot be read is left out.</summary>
    public static List<KismetServerChannel> Read(ReadOnlySpan<byte> json)
    {
        List<KismetServerChannel> channels = [];
        int wrong = 0;
        try
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return channels;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool map = reader.ValueTextEquals("kismet.channeltracker.frequency_map"u8);
                reader.Read();
                if (!map || reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }

                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    reader.Read();
                    if (reader.TokenType != JsonTokenType.StartObject)
                    {
                        reader.Skip();
                    }
                    else if (One(ref reader, ref wrong) is { } channel && channels.Count < MaxChannels)
                    {
                        channels.Add(channel);
                    }
                }
            }
        }
        catch (JsonException)
        {
            // What was read before is good.
        }

        return channels;
    }

    private static KismetServerChannel? One(ref Utf8JsonReader reader, ref int wrong)
    {
        long frequency = 0;
        double packets = 0;
        double bytes = 0;
        int signal = 0;
        int noise = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            bool isFrequency = name.SequenceEqual("kismet.channelrec.frequency"u8);
            bool isPackets = name.SequenceEqual("kismet.channelrec.packets_rrd"u8);
            bool isBytes = name.SequenceEqual("kismet.channelrec.data_rrd"u8);
            bool isSignal = name.SequenceEqual("kismet.channelrec.signal"u8);
            reader.Read();
            if (isFrequency)
            {
                frequency = JsonField.Number(ref reader, ref wrong);
            }
            else if (isPackets)
            {
                packets = LastHour(ref reader, ref wrong);
            }
            else if (isBytes)
            {
                bytes = LastHour(ref reader, ref wrong);
            }
            else if (isSignal)
            {
                Signal(ref reader, ref signal, ref noise, ref wrong);
            }
            else
            {
                reader.Skip();
            }
        }

        int megahertz = (int)Math.Clamp(frequency / 1000, 0, 100_000);
        return megahertz == 0 ? null : new KismetServerChannel
        {
            Channel = WirelessChannel.FromFrequency(megahertz, out _),
            FrequencyMHz = megahertz,
            Packets = (long)Math.Round(packets),
            Bytes = (long)Math.Round(bytes),
            SignalMaxDbm = signal == 0 ? null : signal,
            NoiseMaxDbm = noise == 0 ? null : noise,
        };
    }

    // A slot of the hour has the mean a second of one minute.
    private static double LastHour(ref Utf8JsonReader reader, ref int wrong)
    {
        double sum = 0;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonField.Absent(ref reader, ref wrong);
            return 0;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool hour = reader.ValueTextEquals("kismet.common.rrd.hour_vec"u8);
            reader.Read();
            if (!hour || reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                sum += Math.Clamp(JsonField.Fraction(ref reader, ref wrong), 0, 1e12) * 60;
            }
        }

        return sum;
    }

    private static void Signal(ref Utf8JsonReader reader, ref int signal, ref int noise, ref int wrong)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            JsonField.Absent(ref reader, ref wrong);
            return;
        }

        bool dbm = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueTextEquals("kismet.common.signal.type"u8);
            bool isSignal = reader.ValueTextEquals("kismet.common.signal.max_signal"u8);
            bool isNoise = reader.ValueTextEquals("kismet.common.signal.max_noise"u8);
            reader.Read();
            if (isType)
            {
                dbm = JsonField.Text(ref reader, null, ref wrong) is null or "dbm";
            }
            else if (isSignal || isNoise)
            {
                int value = (int)Math.Clamp(JsonField.Number(ref reader, ref wrong), -200, 100);
                (signal, noise) = isSignal ? (value, noise) : (signal, value);
            }
            else
            {
                reader.Skip();
            }
        }

        if (!dbm)
        {
            (signal, noise) = (0, 0);
        }
    }
}
