using KismetPS.Export;
using KismetPS.Tracking;

namespace KismetPS.PowerShell.Streaming;

/// <summary>Devices as a receiver gets them.</summary>
/// <param name="receiver">The receiver.</param>
/// <param name="most">How many are wanted, zero for all: none is taken out that nobody writes, since the sender would call it delivered.</param>
internal sealed class ReceivedStream(KismetReceiver receiver, long most) : SessionStream
{
    private long _taken;

    public override long Dropped => receiver.Intake.Dropped;

    public override bool Read(List<object> into, TimeSpan wait, CancellationToken stop)
    {
        if (!receiver.Intake.Devices.TryPeek(out _))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(wait);
            try
            {
                if (!receiver.Intake.Devices.WaitToReadAsync(limit.Token).AsTask().GetAwaiter().GetResult())
                {
                    return false;
                }
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return true;
            }
        }

        while (into.Count < StreamLimits.Batch && (most == 0 || _taken < most) && receiver.Intake.Devices.TryRead(out KismetDevice? device))
        {
            into.Add(device);
            _taken++;
        }

        return true;
    }

    public override void Dispose()
    {
        // The session has the port and ends by itself.
    }
}
