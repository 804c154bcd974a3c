namespace KismetPS.Export.Messages;

/// <summary>A word of ours, such as the name of a kind; null where unknown.</summary>
internal sealed class WordField<TSource>(string name, string wire, Func<TSource, string?> get, string? cefKey = null, string? cefLabel = null)
    : MessageField<TSource>(name, wire, cefKey, cefLabel)
{
    public override void Write(FieldSink to, TSource source)
    {
        if (get(source) is string word)
        {
            to.Word(this, word);
        }
        else
        {
            to.Unknown(this);
        }
    }
}
