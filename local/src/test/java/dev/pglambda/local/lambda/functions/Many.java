package dev.pglambda.local.lambda.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A function that behaves as its event asks: {@code "verb argument"}. It returns any other event as it is. */
public final class Many implements RequestStreamHandler {

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        String[] words = event.replace("\"", "").split(" ", 2);
        output.write(reply(words[0], words.length > 1 ? words[1] : "", event, context)
                .getBytes(StandardCharsets.UTF_8));
    }

    private static String reply(String verb, String argument, String event, Context context) throws IOException {
        return switch (verb) {
            case "throw" -> throw new IllegalStateException(argument);
            case "memory" -> Integer.toString(fill());
            case "sleep" -> sleep(argument);
            case "spin" -> spin();
            case "exit" -> exit(Integer.parseInt(argument));
            case "large" -> '"' + "x".repeat(Integer.parseInt(argument) - 2) + '"';
            case "print" -> print(argument, context);
            case "pid" -> Long.toString(ProcessHandle.current().pid());
            case "child" ->
                Long.toString(new ProcessBuilder("sleep", argument).start().pid());
            case "stack" -> '"' + stack() + '"';
            case "stdin" -> Integer.toString(System.in.read());
            case "environment" -> json(System.getenv());
            case "context" -> json(context(context));
            case "charset" -> '"' + java.nio.charset.Charset.defaultCharset().name() + '"';
            case "where" -> '"' + System.getProperty("user.dir") + '"';
            case "heap" -> Long.toString(Runtime.getRuntime().maxMemory());
            default -> event;
        };
    }

    private static int fill() {
        List<byte[]> blocks = new ArrayList<>();
        while (true) {
            blocks.add(new byte[1_000_000]);
        }
    }

    private static String sleep(String milliseconds) {
        try {
            Thread.sleep(Long.parseLong(milliseconds));
            return pidText();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pidText() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static String spin() {
        System.out.println("spinning");
        long count = 0;
        while (true) {
            count++;
            if (count < 0) {
                count = 0;
            }
        }
    }

    private static String stack() {
        StringBuilder classes = new StringBuilder();
        for (StackTraceElement frame : Thread.currentThread().getStackTrace()) {
            classes.append(frame.getClassName()).append(' ');
        }
        return classes.toString();
    }

    private static String exit(int status) {
        System.out.print("last words");
        System.exit(status);
        return "";
    }

    private static String print(String text, Context context) {
        System.out.println("out " + text);
        System.err.println("err " + text);
        context.getLogger().log("log " + text + "\n");
        return "null";
    }

    private static Map<String, String> context(Context context) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("requestId", context.getAwsRequestId());
        facts.put("arn", context.getInvokedFunctionArn());
        facts.put("version", context.getFunctionVersion());
        facts.put("remaining", Integer.toString(context.getRemainingTimeInMillis()));
        facts.put("memory", Integer.toString(context.getMemoryLimitInMB()));
        if (context.getClientContext() != null) {
            facts.put("custom", context.getClientContext().getCustom().toString());
        }
        return facts;
    }

    private static String json(Map<String, String> map) {
        List<String> fields = new ArrayList<>();
        map.forEach((name, value) -> fields.add('"' + name + "\":\"" + value.replace("\"", "'") + '"'));
        return Arrays.toString(fields.toArray()).replaceFirst("^\\[", "{").replaceFirst("]$", "}");
    }
}
