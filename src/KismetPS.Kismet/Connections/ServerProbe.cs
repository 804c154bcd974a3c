using KismetPS.Capture;

namespace KismetPS.Kismet.Connections;

/// <summary>
/// Finds out what a server speaks: those up to 2016 greet at once, an HTTP server waits to be asked. The connection goes on where a greeting came,
/// since a text server has few places; else it is closed.
/// </summary>
internal static class ServerProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    /// <summary>Connects and listens; the stream where the server spoke, null where it did not.</summary>
    public static async Task<ServerStream?> ListenAsync(KismetConnectionOptions options, CancellationToken stop)
    {
        ServerStream stream = await ServerStream.OpenAsync(options, stop).ConfigureAwait(false);
        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(Patience);
            byte[] first = new byte[4096];
            int count = await stream.ReadAsync(first, limit.Token).ConfigureAwait(false);
            if (count == 0)
            {
                throw Unwelcome(options, null);
            }

            stream.Unread(first.AsSpan(0, count));
            return stream;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            stream.Dispose();
            return null;
        }
        catch (IOException e)
        {
            stream.Dispose();
            throw Unwelcome(options, e);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The failure of a server that takes connections and closes them, without a word or with its <paramref name="reason"/>.</summary>
    public static KismetException Unwelcome(KismetConnectionOptions options, Exception? inner, string? reason = null) => string.IsNullOrEmpty(reason)
        ? new(
            KismetErrorId.ConnectionRefused,
            $"{options.ComputerName}:{options.Port} closed the connection without a word.",
            "Old Kismet servers do so when this address is not in their allowedhosts or when they have as many clients as they take.",
            inner)
        : new(
            KismetErrorId.ConnectionRefused,
            $"{options.ComputerName}:{options.Port} refuses the connection: {reason}",
            "These are the server's words: see which addresses it allows, and how many clients.",
            inner);
}
