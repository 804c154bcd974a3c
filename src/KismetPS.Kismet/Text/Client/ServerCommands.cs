using System.Net.Sockets;
using System.Text;
using KismetPS.Capture;

namespace KismetPS.Kismet.Text.Client;

/// <summary>Commands of users: put into the form of the server's era, sent, and waited for.</summary>
/// <param name="world">Whose era it is.</param>
/// <param name="conversation">What numbers them and knows their answers.</param>
/// <param name="state">Whether the server is there.</param>
/// <param name="gate">Held while the conversation is used.</param>
/// <param name="flush">Sends what the conversation has to send.</param>
internal sealed class ServerCommands(TextWorld world, TextConversation conversation, LinkState state, object gate, Func<CancellationToken, Task> flush)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends a command and gives its answer; a refusal is an exception with the server's text.</summary>
    public async Task<KismetCommandReply> SendAsync(string command, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        byte[] text = Line(command, arguments);
        PendingCommand pending;
        lock (gate)
        {
            if (!state.IsConnected)
            {
                throw new KismetException(KismetErrorId.ConnectionLost, $"{world.EndPoint} is away.", "The session connects again by itself; send the command then.");
            }

            pending = conversation.Send(text);
        }

        try
        {
            await flush(cancel).ConfigureAwait(false);
            return await pending.Answer.WaitAsync(s_patience, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new KismetException(KismetErrorId.Timeout, $"{world.EndPoint} did not answer '{command}' within ten seconds.", "Servers do not answer commands whose replies were switched off.", e);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            throw new KismetException(KismetErrorId.ConnectionLost, $"{world.EndPoint} went away.", "The session connects again by itself; send the command then.", e);
        }
        finally
        {
            lock (gate)
            {
                conversation.Pending.Forget(pending);
            }
        }
    }

    private byte[] Line(string command, IReadOnlyList<string> arguments)
    {
        List<byte> line = [.. Encoding.UTF8.GetBytes(command)];
        foreach (string argument in arguments)
        {
            byte[] value = Encoding.UTF8.GetBytes(argument);
            byte[] quoted = new byte[value.Length + 2];
            if (!CommandWriter.TryQuote(value, world.Era, quoted, out int written))
            {
                throw new KismetException(KismetErrorId.ArgumentInvalid, $"'{argument}' cannot be an argument of a command.", "Arguments hold no control characters; those for servers before 2009 no blanks either.");
            }

            line.Add((byte)' ');
            line.AddRange(quoted.AsSpan(0, written));
        }

        return [.. line];
    }
}
