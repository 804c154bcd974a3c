using System.Net;
using KismetPS.Export.Delivery;

namespace KismetPS.Export.Transports;

/// <summary>A way to a receiver, open until it fails. One thread; only <see cref="Abort"/> may come from another. Failures are <see cref="Capture.KismetException"/>.</summary>
internal interface IConnection : IMessageSink, IDisposable
{
    /// <summary>The other end.</summary>
    IPEndPoint RemoteEndPoint { get; }

    /// <summary>Bytes given to the system.</summary>
    long BytesSent { get; }

    /// <summary>The last message that is known to have been received, and all before it on this connection; 0 where none is.</summary>
    long Confirmed { get; }

    /// <summary>Sends what was added.</summary>
    void Send();

    /// <summary>Throws where the other end has gone.</summary>
    void Check();

    /// <summary>Says that no more comes and waits for the other end to have read all; false where it did not say so in time.</summary>
    bool Finish(TimeSpan most);

    /// <summary>After a failure: finds out what the way it ended says about what was received.</summary>
    void Settle();

    /// <summary>Makes any call that waits fail at once.</summary>
    void Abort();
}
