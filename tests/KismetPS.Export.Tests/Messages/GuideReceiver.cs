using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using KismetPS.TestKit;

namespace KismetPS.Export.Tests.Messages;

/// <summary>
/// The example receivers of the export guide, as they stand there. The guide is no part of the repository: it lies where the captures do, in
/// reference/brief beside them.
/// </summary>
internal sealed partial class GuideReceiver : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kismetps-guide-").FullName;
    private readonly Process _process;
    private readonly List<string> _lines = [];

    /// <summary>Starts tcp_server or udp_server of the guide on a port of this machine.</summary>
    public GuideReceiver(string function)
    {
        Port = FreePort.Next();
        File.WriteAllText(Path.Combine(_folder, "guide.py"), Code(function)!);
        var start = new ProcessStartInfo("python3", ["-u", "-c", $"import guide; guide.{function}('127.0.0.1', {Port.ToString(CultureInfo.InvariantCulture)})"])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Add(e.Data);
        _process.BeginOutputReadLine();
    }

    public int Port { get; }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The example's text; null where there is no guide.</summary>
    public static string? Code(string function)
    {
        string folder = Path.Combine(OracleCaptures.Folder ?? Checkout.At("..", "shared", "captures"), "..", "reference", "brief");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder)
                .SelectMany(static file => Block().Matches(File.ReadAllText(file)))
                .Select(static m => m.Groups[1].Value)
                .FirstOrDefault(code => code.Contains($"def {function}(", StringComparison.Ordinal))
            : null;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("```python\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    private void Add(string? line)
    {
        lock (_lines)
        {
            if (line is not null)
            {
                _lines.Add(line);
            }
        }
    }
}
