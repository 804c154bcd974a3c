namespace KismetPS.Export.Messages;

/// <summary>A whole number, null where unknown.</summary>
internal sealed class IntegerField<TSource>(string name, string wire, Func<TSource, long?> get, string? cefKey = null, string? cefLabel = null)
    : MessageField<TSource>(name, wire, cefKey, cefLabel)
{
    public override void Write(FieldSink to, TSource source)
    {
        if (get(source) is long number)
        {
            to.Number(this, number);
        }
        else
        {
            to.Unknown(this);
        }
    }
}
