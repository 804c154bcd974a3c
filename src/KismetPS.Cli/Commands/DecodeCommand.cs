using System.CommandLine;
using System.Globalization;
using KismetPS.Capture;
using KismetPS.Capture.Pcap;
using KismetPS.Capture.Tzsp;
using KismetPS.Cli.Emissions;
using KismetPS.Cli.Output;
using KismetPS.Export.Formats;
using KismetPS.Tracking;
using KismetPS.Wireless;

namespace KismetPS.Cli.Commands;

/// <summary>Decodes one message or frame, or every one of a capture file.</summary>
internal sealed class DecodeCommand : CliCommand
{
    private readonly Argument<string[]> _input = new("HEX|FILE") { Description = "Bytes in hexadecimal (blanks, colons and 0x are ignored), a file of them, a capture file, or - for standard input.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<WireForm> _as = new("--as") { Description = "What the bytes are: Tzsp, Dot11, Radiotap, Prism, Avs, Ppi. Auto looks.", DefaultValueFactory = static _ => WireForm.Auto };
    private readonly Option<bool> _json = CommonOptions.Json();

    public DecodeCommand()
        : base("decode", "Decode a TZSP message or an 802.11 frame. " + ExitCode.Help)
    {
        Add(_input);
        Add(_as);
        Add(_json);
    }

    protected override int Run(ParseResult parse, CliContext context)
    {
        string[] inputs = parse.GetValue(_input)!;
        if (inputs is [string only] && (only == "-" || File.Exists(only)))
        {
            byte[]? bytes = ReadBytes(only);
            return bytes is null ? DecodeCapture(only, parse, context) : DecodeBytes(bytes, parse, context);
        }

        return WireBytes.TryParseHex(string.Concat(inputs), out byte[] hex)
            ? DecodeBytes(hex, parse, context)
            : throw new KismetException(KismetErrorId.ArgumentInvalid, "The input is neither a file nor hexadecimal digits in pairs.", "Give bytes such as 8000000..., or the path of a capture.");
    }

    // The bytes of a small file, written in hexadecimal or as they are; null where it is a capture.
    private static byte[]? ReadBytes(string path)
    {
        const int Most = 1 << 20;
        try
        {
            using Stream stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            var bytes = new byte[Most];
            int length = stream.ReadAtLeast(bytes, Most, throwOnEndOfStream: false);
            Array.Resize(ref bytes, length);
            if (path != "-" && WireBytes.IsCapture(bytes))
            {
                return null;
            }

            return WireBytes.TryParseHex(System.Text.Encoding.Latin1.GetString(bytes), out byte[] hex) ? hex : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KismetException(KismetErrorId.FileNotReadable, $"'{path}' cannot be read: {e.Message}", "Check the path and the rights.", e);
        }
    }

    private int DecodeCapture(string path, ParseResult parse, CliContext context)
    {
        Emission? frames = null;
        using KismetImport import = KismetImport.Start(path, new CaptureFileOptions(), attach: session => frames = new FrameEmission(session, context, parse.GetValue(_json), 0));
        using (frames)
        {
            while (!import.Completion.IsCompleted)
            {
                context.Stop.ThrowIfCancellationRequested();
                frames!.Pump();
                frames.Wait(TimeSpan.FromMilliseconds(100));
            }

            frames!.Finish();
        }

        if (import.Error is not null)
        {
            throw import.Error;
        }

        if (import.Damage is not null)
        {
            Report(context, import.Damage);
            return ExitCode.Partial;
        }

        return ExitCode.Done;
    }

    private int DecodeBytes(byte[] bytes, ParseResult parse, CliContext context)
    {
        bool json = parse.GetValue(_json);
        WireForm form = parse.GetValue(_as);
        if (form == WireForm.Auto)
        {
            form = WireBytes.Guess(bytes);
        }

        LinkType link = WireBytes.LinkOf(form);
        FrameInfo info = new() { LinkType = link, OriginalLength = bytes.Length };
        ReadOnlySpan<byte> packet = bytes;
        if (form == WireForm.Tzsp)
        {
            if (!TzspCodec.TryDecode(bytes, null, default, out TzspPacket? message, out SourceDropReason reason))
            {
                throw new KismetException(KismetErrorId.TzspInvalid, $"These bytes are no TZSP message: {reason}.", "With --as another form can be named.");
            }

            Show(context, message!, json);
            if (message!.Length == 0)
            {
                return ExitCode.Done;
            }

            info.LinkType = message.LinkType;
            packet = message.GetFrameBytes();
        }

        DecodeStatus status = FrameSnapshots.TryCreate(packet, in info, null, 0, out KismetFrame? frame);
        if (status == DecodeStatus.Ok)
        {
            Show(context, frame!, json);
            return ExitCode.Done;
        }

        if (form == WireForm.Tzsp)
        {
            // The message itself was read; what it carries need not be 802.11.
            context.Log($"the frame in it was not decoded: {status}");
            return status == DecodeStatus.NotWireless ? ExitCode.Done : ExitCode.Partial;
        }

        throw new KismetException(KismetErrorId.FrameInvalid, $"These bytes are no 802.11 frame: {status}.", "With --as another form can be named.");
    }

    private static void Show<T>(CliContext context, T value, bool json)
    {
        if (json)
        {
            JsonLines.Write(context.Out, value);
            return;
        }

        context.Out.WriteLine(TerminalText.Clean(value!.ToString()!));
        foreach (System.Reflection.PropertyInfo property in typeof(T).GetProperties())
        {
            // Bytes given by hand have no time of arrival and no session.
            string? text = property.GetValue(value) switch
            {
                DateTimeOffset time => time <= DateTimeOffset.UnixEpoch ? null : TimeCodec.Instance.Format(time),
                object other => property.Name == nameof(KismetFrame.SessionId) ? null : Convert.ToString(other, CultureInfo.InvariantCulture),
                null => null,
            };
            if (!string.IsNullOrEmpty(text))
            {
                context.Out.WriteLine($"  {property.Name,-16} {TerminalText.Clean(text)}");
            }
        }
    }
}
