using KismetPS.Tracking;

namespace KismetPS.Export.Formats;

/// <summary>Writes devices in one format to a stream that others open and close.</summary>
internal abstract class DeviceFormatWriter : IDisposable
{
    /// <summary>Writes one device, or keeps it for the end; false where the format has no place for it.</summary>
    public abstract bool Write(KismetDevice device);

    /// <summary>Hands what is buffered here to the stream.</summary>
    public virtual void Flush()
    {
    }

    /// <summary>Writes what comes at the end.</summary>
    public virtual void Complete() => Flush();

    /// <summary>Frees what is held; writes nothing.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);
}
