using System.Globalization;
using KismetPS.Capture;
using KismetPS.Kismet.Connections;
using KismetPS.Tracking;

namespace KismetPS.Kismet.Text.Server;

/// <summary>
/// Carries out what clients want of sources, away from the threads that serve: drivers and other servers take their time. Orders for the same session
/// are carried out one at a time, as they came; few may wait.
/// </summary>
internal sealed class SourceOrders
{
    private const int MaxWaiting = 32;
    private const int MaxText = 500;

    // A command to another server gives up by itself after ten seconds and then says so.
    private static readonly TimeSpan s_workTime = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan s_answerTime = TimeSpan.FromSeconds(15);

    private readonly Dictionary<int, Task> _last = [];
    private int _waiting;

    /// <summary>Takes an order; false when too many wait.</summary>
    /// <param name="order">The order.</param>
    /// <param name="answer">Called once, on another thread: null when it was carried out, else why not.</param>
    public bool TryTake(SourceOrder order, Action<string?> answer)
    {
        lock (_last)
        {
            if (_waiting == MaxWaiting)
            {
                return false;
            }

            _waiting++;
            int[] sessions = [.. order.Sources.Select(static s => s.Session.Id).Distinct()];
            Task[] before = [.. sessions.Select(s => _last.GetValueOrDefault(s, Task.CompletedTask))];
            Task<string?> work = Task.Run(() => InTurnAsync(before, order));
            foreach (int session in sessions)
            {
                _last[session] = work;
            }

            _ = AnswerAsync(work, answer);
            return true;
        }
    }

    private static async Task AnswerAsync(Task<string?> work, Action<string?> answer)
    {
        string? problem;
        try
        {
            problem = await work.WaitAsync(s_answerTime).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            problem = "The source does not answer";
        }

        answer(problem is { Length: > MaxText } ? problem[..MaxText] : problem);
    }

    private async Task<string?> InTurnAsync(Task[] before, SourceOrder order)
    {
        try
        {
            await Task.WhenAll(before).ConfigureAwait(false);
            foreach (WireSource source in order.Sources)
            {
                using CancellationTokenSource limit = new(s_workTime);
                await CarryOutAsync(source, order.Change, limit.Token).ConfigureAwait(false);
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            return "The source does not answer";
        }
#pragma warning disable CA1031 // whatever goes wrong is the answer to the client whose command it was, and costs nobody else anything
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.Message;
        }
        finally
        {
            lock (_last)
            {
                _waiting--;
            }
        }
    }

    private static Task CarryOutAsync(WireSource source, SourceChange? change, CancellationToken cancel)
    {
        switch (source.Session)
        {
            case KismetConnection connection when source.Remote is { } remote:
                return change is null ? connection.Link.RemoveSourceAsync(remote, cancel) : connection.Link.SetSourceAsync(remote, change, cancel);
            case CaptureSession capture when change is null:
                return capture.StopAsync().WaitAsync(cancel);
            case ITunable radio when change?.Channel is { } channel:
                radio.Tune(int.Parse(channel, CultureInfo.InvariantCulture));
                return Task.CompletedTask;
            default:
                throw new KismetException(KismetErrorId.CommandNotSupported, $"Source {source.Uuid:D} cannot do that", "See what its session is.");
        }
    }
}
