using KismetPS.Bench.Corpora;
using KismetPS.Capture.Tzsp;
using KismetPS.Wireless;
using KismetPS.Wireless.Elements;
using KismetPS.Wireless.Frames;
using KismetPS.Wireless.Radio;

namespace KismetPS.Bench.Measures;

/// <summary>Decoding alone: TZSP tags, MAC header, fixed fields, FCS habit, all elements; no tables.</summary>
internal sealed class DecodeMeasure(PackedCorpus corpus)
{
    private readonly TzspLayoutReader _reader = new();
    private readonly FcsDetector _detector = new();
    private FrameFacts _facts;
    private ElementFacts _elements;
    private long _decoded;
    private long _sum;

    /// <summary>Measures.</summary>
    public void Run(double seconds)
    {
        Loop.Run(seconds, Round);
        Output.Put("good", _decoded);
        Output.Put("sum", _sum);
    }

    private long Round()
    {
        PackedCorpus messages = corpus;
        for (int i = 0; i < messages.Count; i++)
        {
            ReadOnlySpan<byte> message = messages.Message(i);
            if (_reader.Read(message, out TzspFacts tzsp, out RadioInfo radio) != TzspStatus.Frame)
            {
                continue;
            }

            ReadOnlySpan<byte> packet = message[tzsp.FrameOffset..];
            if (FrameDecoder.Decode(packet, tzsp.LinkType, _detector, ref radio, ref _facts) != DecodeStatus.Ok)
            {
                continue;
            }

            _decoded++;
            if (_facts.Has(FrameParts.Elements))
            {
                ElementReader.Read(packet.Slice(_facts.FrameOffset, _facts.FrameLength), _facts, ref _elements);
                _sum += _elements.Channel + (int)_elements.Security.Encryption;
            }

            _sum += (long)_facts.Transmitter.Value + radio.SignalDbm;
        }

        return messages.Count;
    }
}
