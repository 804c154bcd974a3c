namespace KismetPS.Export.Messages;

/// <summary>One field of a message about a device or an alert.</summary>
internal abstract class MessageField<TSource> : MessageField
{
    private protected MessageField(string name, string wire, string? cefKey, string? cefLabel)
        : base(name, wire, cefKey, cefLabel)
    {
    }

    /// <summary>Hands the value, or that there is none, to whoever writes it.</summary>
    public abstract void Write(FieldSink to, TSource source);
}
