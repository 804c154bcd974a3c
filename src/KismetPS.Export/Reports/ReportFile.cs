using System.Net;
using System.Text;
using KismetPS.Export.Formats;

namespace KismetPS.Export.Reports;

/// <summary>Writes a report: one HTML file that needs no network, in its place at once or not at all.</summary>
internal sealed class ReportFile : IDisposable
{
    private readonly TargetFile _file;
    private bool _done;

    private ReportFile(TargetFile file) => _file = file;

    /// <summary>Opens a file to write. Throws <see cref="Capture.KismetException"/>: FileExists, FileNotWritable.</summary>
    public static ReportFile Open(string path, bool noClobber, bool force) => new(TargetFile.Open(path, append: false, noClobber, force));

    /// <summary>Writes all and puts the file in its place. Throws <see cref="Capture.KismetException"/> where the disk fails.</summary>
    public void Complete(ReportContent content, ReportOptions options)
    {
        try
        {
            Write(_file.Stream, content, options);
        }
        catch (IOException e)
        {
            throw TargetFile.NotWritable(_file.Path, e);
        }

        _file.Complete();
        _done = true;
    }

    /// <summary>Closes; without <see cref="Complete"/> before, nothing has changed.</summary>
    public void Dispose()
    {
        if (!_done)
        {
            _done = true;
            _file.Discard();
        }
    }

    /// <summary>Writes a report to a stream, which stays open.</summary>
    public static void Write(Stream stream, ReportContent content, ReportOptions options)
    {
        // One pass over the page: what is filled in is never looked at for names again.
        ReadOnlySpan<char> rest = ReportTemplate.Page;
        for (int open = rest.IndexOf("{{"); open >= 0; open = rest.IndexOf("{{"))
        {
            Put(stream, rest[..open]);
            rest = rest[(open + 2)..];
            int close = rest.IndexOf("}}");
            Fill(stream, rest[..close], content, options);
            rest = rest[(close + 2)..];
        }

        Put(stream, rest);
        stream.Flush();
    }

    private static void Fill(Stream stream, ReadOnlySpan<char> name, ReportContent content, ReportOptions options)
    {
        switch (name)
        {
            case "title":
                Put(stream, WebUtility.HtmlEncode(options.Title));
                break;
            case "policy":
                Put(stream, ReportTemplate.Policy);
                break;
            case "style":
                Put(stream, ReportTemplate.Style);
                break;
            case "script":
                Put(stream, ReportTemplate.Script);
                break;
            case "data":
                ReportJson.Write(stream, content, options);
                break;
            default:
                throw new InvalidOperationException($"Nothing is known of '{name}'.");
        }
    }

    private static void Put(Stream stream, ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        stream.Write(bytes);
    }
}
