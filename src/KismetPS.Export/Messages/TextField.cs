namespace KismetPS.Export.Messages;

/// <summary>Text, null where unknown.</summary>
internal sealed class TextField<TSource>(string name, string wire, Func<TSource, string?> get, string? cefKey = null, string? cefLabel = null)
    : MessageField<TSource>(name, wire, cefKey, cefLabel)
{
    public override void Write(FieldSink to, TSource source)
    {
        if (get(source) is string { Length: > 0 } text)
        {
            to.Text(this, text);
        }
        else
        {
            to.Unknown(this);
        }
    }
}
