using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KismetPS.TestKit;

namespace KismetPS.Cli.Tests;

/// <summary>The program as users run it: a process of its own, its output read through pipes.</summary>
internal sealed partial class CliProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(180);

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();
    private readonly Task _reading;

    private CliProcess(string folder, string? input, bool readOutput, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Host)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string name in start.Environment.Keys.Where(static n => n.StartsWith("KISMETPS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        start.ArgumentList.Add(Program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Interrupts.Allow();
        _process = Process.Start(start)!;
        Task error = Read(_process.StandardError, _error);
        _reading = readOutput ? Task.WhenAll(Read(_process.StandardOutput, _out), error) : error;
        if (input is not null)
        {
            _process.StandardInput.Write(input);
        }

        _process.StandardInput.Close();
    }

    /// <summary>What it wrote to the standard error so far.</summary>
    public string Error
    {
        get
        {
            lock (_error)
            {
                return _error.ToString();
            }
        }
    }

    /// <summary>What it wrote to the standard output so far.</summary>
    public string Out
    {
        get
        {
            lock (_out)
            {
                return _out.ToString();
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>What runs it.</summary>
    public static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    // The program in its own folder, built in the same configuration as the tests.
    public static string Program { get; } = Checkout.At(
        "src", "KismetPS.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name, "net10.0", "kismetps.dll");

    /// <summary>Runs it to its end.</summary>
    public static CliResult Run(params string[] arguments) => RunIn(Path.GetTempPath(), null, arguments);

    public static CliResult RunIn(string folder, string? input, params string[] arguments)
    {
        using var process = new CliProcess(folder, input, readOutput: true, arguments);
        return process.WaitForEnd();
    }

    /// <summary>Runs it to its end with a variable in its environment.</summary>
    public static CliResult RunWith(string name, string value, params string[] arguments)
    {
        using var process = new CliProcess(Path.GetTempPath(), null, readOutput: true, arguments, (name, value));
        return process.WaitForEnd();
    }

    /// <summary>Starts it; disposing kills it.</summary>
    public static CliProcess Start(string folder, params string[] arguments) => new(folder, null, readOutput: true, arguments);

    /// <summary>Starts it with a variable in its environment.</summary>
    public static CliProcess StartWith(string name, string value, params string[] arguments) => new(Path.GetTempPath(), null, readOutput: true, arguments, (name, value));

    /// <summary>Starts it with nobody reading its output.</summary>
    public static CliProcess StartUnread(params string[] arguments) => new(Path.GetTempPath(), null, readOutput: false, arguments);

    public CliResult WaitForEnd()
    {
        if (!_process.WaitForExit(s_patience) || !_reading.Wait(s_patience))
        {
            throw new TimeoutException($"The program did not end.\n{Out}\n{Error}");
        }

        return new CliResult(_process.ExitCode, Out, Error);
    }

    /// <summary>Waits until the condition holds.</summary>
    public void WaitUntil(Func<CliProcess, bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition(this))
        {
            // Its last words may come after its end.
            if (clock.Elapsed > s_patience || (_process.HasExited && _reading.IsCompleted && !condition(this)))
            {
                throw new TimeoutException($"It did not come to that.\n{Out}\n{Error}");
            }

            Thread.Sleep(20);
        }
    }

    /// <summary>Waits for a listener's first line and gives the port in it.</summary>
    public int WaitForPort()
    {
        WaitUntil(static p => PortText().IsMatch(p.Error));
        return int.Parse(PortText().Match(Error).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a signal by its name.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Goes away as the reader of its output.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static async Task Read(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        int length;
        while ((length = await from.ReadAsync(buffer)) > 0)
        {
            lock (to)
            {
                to.Append(buffer, 0, length);
            }
        }
    }

    [GeneratedRegex(@"listening on \S+:(\d+)")]
    private static partial Regex PortText();
}
