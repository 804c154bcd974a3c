using System.Diagnostics;

namespace KismetPS.Bench.Peers;

/// <summary>A receiving process, ours or recv_loop: tells its port, then its counters whenever it is asked.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts it and waits until it is bound.</summary>
    public Receiver(IReadOnlyList<string> command)
    {
        _process = Worker.Start(command, redirectInput: true);
        First = Read();
        Port = (int)First["port"];
        BufferBytes = First["buffer"];
    }

    /// <summary>What it told first.</summary>
    public IReadOnlyDictionary<string, long> First { get; }

    /// <summary>UDP port on loopback.</summary>
    public int Port { get; }

    /// <summary>Receive buffer in force.</summary>
    public long BufferBytes { get; }

    /// <summary>Its counters now.</summary>
    public IReadOnlyDictionary<string, long> Counters()
    {
        _process.StandardInput.WriteLine();
        _process.StandardInput.Flush();
        return Read();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private Dictionary<string, long> Read()
    {
        Dictionary<string, long> numbers = [];
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line == "ready")
            {
                return numbers;
            }

            Worker.Take(line, numbers);
        }

        throw new InvalidOperationException("The receiver ended before it was asked to.");
    }
}
