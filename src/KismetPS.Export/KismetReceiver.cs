using KismetPS.Export.Receive;
using KismetPS.Tracking;

namespace KismetPS.Export;

/// <summary>Listens for devices that exports send.</summary>
public sealed class KismetReceiver : KismetSession
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(200);

    private readonly ReceiverOptions _options;
    private DeviceReceiver? _receiver;

    private KismetReceiver(ReceiverOptions options, string? name)
        : base(KismetSessionKind.Receiver, name) => _options = options;

    /// <summary>Local address and port.</summary>
    public override string EndPoint => _receiver?.EndPoint.ToString() ?? string.Empty;

    /// <summary>Transport.</summary>
    public KismetExportProtocol Protocol => _options.Protocol;

    /// <summary>Counters now: a <see cref="KismetReceiverStatistic"/>.</summary>
    public override KismetStatistic Statistics => ReceiverStatistics;

    internal KismetReceiverStatistic ReceiverStatistics
    {
        get
        {
            if (_receiver is not DeviceReceiver receiver)
            {
                return new KismetReceiverStatistic { SessionId = Id, Name = Name };
            }

            MessageIntake intake = receiver.Intake;
            return new KismetReceiverStatistic
            {
                SessionId = Id,
                Name = Name,
                Received = intake.Received,
                Bytes = intake.Bytes,
                Malformed = intake.Bad,
                Dropped = intake.Bad + intake.Streams.Repeats + intake.Dropped,
                QueueDropped = intake.Dropped,
                DropReasons = intake.Reasons(),
                EndPoint = EndPoint,
                Protocol = Protocol,
                Clients = receiver.Clients,
                Connections = receiver.Accepted,
                Refused = receiver.Refused,
                Missing = intake.Streams.Missing,
                Repeats = intake.Streams.Repeats,
                Streams = intake.Streams.List(),
            };
        }
    }

    /// <summary>What came.</summary>
    internal MessageIntake Intake => _receiver!.Intake;

    /// <summary>Starts listening. Throws <see cref="Capture.KismetException"/> where it cannot.</summary>
    /// <param name="options">Where and for whom.</param>
    /// <param name="name">Name asked for.</param>
    /// <param name="attach">Called when it listens, before anybody is told.</param>
    internal static KismetReceiver Start(ReceiverOptions options, string? name = null, Action<KismetReceiver>? attach = null)
    {
        var receiver = new KismetReceiver(options, name);
        receiver.Start(
            () =>
            {
                receiver._receiver = DeviceReceiver.Start(options);
                attach?.Invoke(receiver);
            },
            receiver.Run);
        return receiver;
    }

    private void Run()
    {
        while (!StopToken.WaitHandle.WaitOne(s_look))
        {
            Tell(end: false);
        }

        // At a limit everything that was taken out has been written; else somebody may have been interrupted in the middle of it.
        _receiver!.Close(complete: StopReason == KismetStopReason.LimitReached);
        Tell(end: true);
    }

    private void Tell(bool end)
    {
        List<string> warnings = [];
        Intake.TakeWarnings(warnings, end);
        warnings.ForEach(Warn);
    }
}
