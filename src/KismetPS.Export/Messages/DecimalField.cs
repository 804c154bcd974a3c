namespace KismetPS.Export.Messages;

/// <summary>A number with a fraction; null and what is not finite are unknown.</summary>
internal sealed class DecimalField<TSource>(string name, string wire, Func<TSource, double?> get, string? cefKey = null, string? cefLabel = null)
    : MessageField<TSource>(name, wire, cefKey, cefLabel)
{
    public override void Write(FieldSink to, TSource source)
    {
        if (get(source) is double number && double.IsFinite(number))
        {
            to.Number(this, number);
        }
        else
        {
            to.Unknown(this);
        }
    }
}
