using KismetPS.Cli.Output;
using KismetPS.Kismet;
using KismetPS.Tracking;

namespace KismetPS.Cli.Emissions;

/// <summary>A stream of one kind of object from a session to the standard output, as lines or JSON lines, up to a number of them.</summary>
internal abstract class Emission(CliContext context, bool json, long limit) : IDisposable
{
    private bool _finishing;

    /// <summary>Objects written.</summary>
    public long Count { get; private set; }

    /// <summary>Whether there are as many as were wanted.</summary>
    public bool IsFull => limit > 0 && Count >= limit;

    /// <summary>Objects that came faster than they could be written, and were left out.</summary>
    public virtual long Dropped => 0;

    protected CliContext Context { get; } = context;

    protected bool Json { get; } = json;

    /// <summary>Whether this is the last look.</summary>
    protected bool Finishing => _finishing;

    /// <summary>Writes all that is ready; does not wait.</summary>
    public void Pump()
    {
        if (!IsFull)
        {
            Take();
        }

        Context.Out.Flush();
    }

    /// <summary>Writes what is left when the session has ended, without waiting for an interval.</summary>
    public void Finish()
    {
        _finishing = true;
        Pump();
    }

    /// <summary>Waits until there may be something, at most for that time.</summary>
    public virtual void Wait(TimeSpan timeout) => Context.Stop.WaitHandle.WaitOne(timeout);

    public virtual void Dispose()
    {
    }

    protected abstract void Take();

    /// <summary>Counts one more; false where no more is wanted.</summary>
    protected bool Next()
    {
        if (IsFull)
        {
            return false;
        }

        Count++;
        return true;
    }

    protected void Write<T>(T value, Func<T, string> line)
    {
        if (!Next())
        {
            return;
        }

        if (Json)
        {
            JsonLines.Write(Context.Out, value);
        }
        else
        {
            Context.Out.WriteLine(line(value));
        }
    }

    /// <summary>Opens the stream. To be called before the session delivers anything.</summary>
    /// <param name="kind">What of; the command has made sure that the session has it.</param>
    /// <param name="session">Whose.</param>
    /// <param name="changes">Which changes of devices.</param>
    /// <param name="interval">Shortest time between two looks at devices and networks.</param>
    /// <param name="context">Where to.</param>
    /// <param name="json">JSON lines.</param>
    /// <param name="limit">Most objects; 0: all.</param>
    public static Emission Open(
        EmitKind kind, DeviceSession session, KismetChangeKind changes, TimeSpan interval, CliContext context, bool json, long limit) => kind switch
        {
            EmitKind.Network => new NetworkEmission(session, interval, context, json, limit),
            EmitKind.Frame => new FrameEmission((CaptureSession)session, context, json, limit),
            EmitKind.Packet => new PacketEmission(((CaptureSession)session).OpenPackets(), context, json, limit),
            EmitKind.Alert => new AlertEmission(session, context, json, limit),
            EmitKind.Sentence => new SentenceEmission(((KismetConnection)session).OpenSentences(), context, json, limit),
            _ => new DeviceEmission(session, changes, interval, context, json, limit),
        };
}
