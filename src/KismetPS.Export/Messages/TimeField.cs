namespace KismetPS.Export.Messages;

/// <summary>A time, UTC; year 1 is unknown.</summary>
internal sealed class TimeField<TSource>(string name, string wire, Func<TSource, DateTimeOffset> get, bool zone = true, string? cefKey = null)
    : MessageField<TSource>(name, wire, cefKey, null)
{
    public override void Write(FieldSink to, TSource source)
    {
        DateTimeOffset time = get(source);
        if (time == default)
        {
            to.Unknown(this);
        }
        else
        {
            to.Time(this, time, zone);
        }
    }
}
