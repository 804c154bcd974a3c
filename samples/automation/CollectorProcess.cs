using System;
using System.Diagnostics;
using System.IO;
using System.Threading;

/// <summary>Runs a program, starts it again when it ends, and asks it to stop by a file. C# 5, since it is compiled by what every Windows has.</summary>
public sealed class CollectorProcess : IDisposable
{
    private readonly string fileName;
    private readonly string arguments;
    private readonly string stopFile;
    private readonly TimeSpan pause;
    private readonly ManualResetEvent stopping = new ManualResetEvent(false);
    private Thread thread;

    public CollectorProcess(string fileName, string arguments, string stopFile, TimeSpan pause)
    {
        this.fileName = fileName;
        this.arguments = arguments;
        this.stopFile = stopFile;
        this.pause = pause;
    }

    /// <summary>How often the program was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Exit code of the last run that ended.</summary>
    public int? ExitCode { get; private set; }

    public void Start()
    {
        File.Delete(stopFile);
        thread = new Thread(Run);
        thread.IsBackground = true;
        thread.Start();
    }

    /// <summary>Asks the program to stop, and kills it where it does not.</summary>
    public void Stop(TimeSpan patience)
    {
        stopping.Set();
        File.WriteAllText(stopFile, string.Empty);
        if (thread != null && !thread.Join(patience))
        {
            Dispose();
            thread.Join();
        }

        File.Delete(stopFile);
    }

    public void Dispose()
    {
        stopping.Set();
        Process running = current;
        if (running != null)
        {
            try
            {
                running.Kill();
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself.
            }
        }
    }

    private volatile Process current;

    private void Run()
    {
        do
        {
            using (Process process = new Process())
            {
                process.StartInfo = new ProcessStartInfo(fileName, arguments) { UseShellExecute = false, CreateNoWindow = true };
                process.Start();
                Starts++;
                current = process;
                process.WaitForExit();
                ExitCode = process.ExitCode;
                current = null;
            }
        }
        while (!stopping.WaitOne(pause));
    }
}
