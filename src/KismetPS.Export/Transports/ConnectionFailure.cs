using System.Net.Sockets;
using System.Security.Authentication;
using KismetPS.Capture;

namespace KismetPS.Export.Transports;

/// <summary>What failures of sockets and TLS mean to a user.</summary>
internal static class ConnectionFailure
{
    public static KismetException From(string target, Exception e)
    {
        if (e is KismetException known)
        {
            return known;
        }

        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case KismetException inner:
                    return inner;
                case SocketException socket:
                    return From(target, socket.SocketErrorCode, e);
                case AuthenticationException:
                    return Tls(target, cause.Message, e);
            }
        }

        return e is IOException
            ? Tls(target, e.Message, e)
            : new KismetException(KismetErrorId.NetworkFailure, $"{target}: {e.Message}", null, e);
    }

    public static KismetException From(string target, SocketError error, Exception? inner = null)
    {
        string why = new SocketException((int)error).Message;
        return error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery => HostNotFound(target, inner),
            SocketError.ConnectionRefused => new KismetException(
                KismetErrorId.ConnectionRefused, $"{target} refused: nobody listens on that port.", "Start the receiver, or check port and protocol.", inner),
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected => Reset(target, inner),
            // Only an open connection gets it from the kernel: one being made is given up before.
            SocketError.TimedOut => Dead(target, inner),
            SocketError.AccessDenied => new KismetException(KismetErrorId.PermissionDenied, $"{target}: {why}", "A firewall of this machine may forbid it.", inner),
            _ => new KismetException(KismetErrorId.NetworkFailure, $"{target}: {why}", "Check the network between the machines.", inner),
        };
    }

    public static KismetException HostNotFound(string target, Exception? inner) =>
        new(KismetErrorId.HostNotFound, $"The host name of {target} cannot be resolved.", "Check the name, or give an address.", inner);

    public static KismetException Reset(string target, Exception? inner = null) =>
        new(KismetErrorId.ConnectionReset, $"{target} reset the connection.", "Messages that it may not have read are sent again.", inner);

    public static KismetException Closed(string target) =>
        new(KismetErrorId.ConnectionClosed, $"{target} closed the connection.", "It is opened again.");

    public static KismetException NoAnswer(string target, Exception? inner = null) =>
        new(KismetErrorId.ConnectionTimeout, $"{target} does not answer.", "Check that the machine is up and that no firewall drops what is sent to it.", inner);

    public static KismetException Dead(string target, Exception? inner = null) =>
        new(KismetErrorId.ConnectionDead, $"{target} has stopped answering.", "The machine or the way to it is gone. Messages that it may not have read are sent again.", inner);

    public static KismetException Stalled(string target, TimeSpan time) => new(
        KismetErrorId.ReceiverStalled,
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{target} has read nothing for {time.TotalSeconds:0.#} s, though its machine answers."),
        "Messages wait. See whether the receiving program hangs.");

    public static KismetException Tls(string target, string why, Exception? inner) => new(
        KismetErrorId.TlsFailure, $"No TLS connection to {target}: {why}", "Check that the receiver speaks TLS on this port, and whether it asks for a client certificate.", inner);
}
