using System.Net;
using KismetPS.Bench.Corpora;
using KismetPS.Kismet.Text;
using KismetPS.Kismet.Text.Client;
using KismetPS.Kismet.Text.Server;
using KismetPS.TestKit;
using KismetPS.Tracking;

namespace KismetPS.Bench.Measures;

/// <summary>
/// Sentences of the text protocol, on one core. Read: lines out of a stream, each split into its words, every word that is a number read as one.
/// Printed: the lines of devices, all fields, as the server makes them for one group of clients.
/// </summary>
internal sealed class SentenceMeasure
{
    private readonly LineFramer _framer = new();
    private readonly byte[] _stream;
    private readonly TextEra _era;
    private readonly BatchWriter _output = new();
    private WireModel? _model;
    private LineGroup? _group;
    private long _words;
    private long _sum;

    private SentenceMeasure(byte[] stream, TextEra era) => (_stream, _era) = (stream, era);

    /// <summary>Measures the reading of a stream: <c>recorded</c> (the conversation of a real client with a server of 2016), or the lines of one kind as we print them.</summary>
    public static void Read(string what, double seconds)
    {
        SentenceMeasure measure = new(what == "recorded" ? Recorded() : Printed(what), TextEra.Newcore);
        Loop.Run(seconds, measure.ReadRound);
        long sentences = measure._framer.Lines;
        Output.Put("words_per_thousand", measure._words * 1000 / sentences);
        Output.Put("bytes", measure._stream.Length / (sentences / measure._rounds));
        GC.KeepAlive(measure._sum);
    }

    /// <summary>Measures the printing of the lines of one kind.</summary>
    public static void Print(string kind, double seconds)
    {
        SentenceMeasure measure = new([], TextEra.Newcore);
        measure.Prepare(Enum.Parse<SentenceKind>(kind, ignoreCase: true));
        Loop.Run(seconds, measure.PrintRound);
        Output.Put("bytes", measure._printedBytes / measure._printedLines);
    }

    private long _rounds;
    private long _printedBytes;
    private long _printedLines;

    private static byte[] Recorded() => KismetReference.Folder is null
        ? Printed(nameof(SentenceKind.Bssid))
        : [.. KismetReference.Streams("client2016-panels.pcap").Where(static s => s.SourcePort == 2501).SelectMany(static s => s.Bytes)];

    private static byte[] Printed(string kind)
    {
        SentenceMeasure measure = new([], TextEra.Newcore);
        measure.Prepare(Enum.Parse<SentenceKind>(kind, ignoreCase: true));
        OutputBatch batch = measure.PrintAll()!;
        return [.. batch.Parts.SelectMany(static p => p.ToArray())];
    }

    private long ReadRound()
    {
        long before = _framer.Lines;
        ReadOnlySpan<byte> bytes = _stream;
        while (_framer.TryRead(ref bytes, out ReadOnlySpan<byte> line))
        {
            if (SentenceReader.Read(line, _era, out SentenceReader sentence) != SentenceStatus.Ok)
            {
                continue;
            }

            while (sentence.TryRead(out Word word))
            {
                _words++;
                if (word.TryGetInt64(out long number))
                {
                    _sum += number;
                }
            }
        }

        _rounds++;
        return _framer.Lines - before;
    }

    private void Prepare(SentenceKind kind)
    {
        using TzspListener listener = TzspListener.Start(new Capture.Tzsp.TzspListenerOptions { Port = 0, Address = IPAddress.Loopback });
        using System.Net.Sockets.UdpClient sensor = new();
        uint number = 0;
        foreach ((byte[] frame, int channel) in GeneratedFrames.Devices(1000))
        {
            sensor.Send(TzspWrap.Frame(frame, number++, channel), new IPEndPoint(IPAddress.Loopback, listener.Port));
            if (number % 50 == 0)
            {
                Thread.Sleep(5);
            }
        }

        while (listener.Statistics.Received < number)
        {
            Thread.Sleep(10);
        }

        using HubSession session = new(listener, 0);
        session.Read();
        _model = new WireModel(1);
        _model.Begin();
        foreach (KismetDeviceChange change in session.Devices)
        {
            _model.Apply(0, change);
        }

        foreach (KismetNetwork network in session.Networks)
        {
            _model.Apply(0, network);
        }

        _model.End();
        ServedSentence sentence = ServerCatalog.Of(TextEra.Newcore)[kind];
        _group = new LineGroup(sentence, FieldSelection.All(sentence.Definition));
    }

    private long PrintRound()
    {
        OutputBatch batch = PrintAll()!;
        _printedBytes += batch.Length;
        _printedLines += batch.Lines;
        return batch.Lines;
    }

    private OutputBatch? PrintAll()
    {
        SentenceWriter writer = new(_output, TextEra.Newcore);
        int lines = 0;
        foreach (WireDevice device in _model!.Changed)
        {
            lines += DeviceLines.Write(ref writer, _group!, device, static (_, _) => Guid.Empty);
        }

        writer.Flush();
        _output.Lines += lines;
        return _output.Take();
    }
}
