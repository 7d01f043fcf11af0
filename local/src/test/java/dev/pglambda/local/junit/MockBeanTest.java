package dev.pglambda.local.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import io.micronaut.test.annotation.MockBean;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Which mocks reach the beans that use them, and that a test with another mock is refused. */
@MicronautTest
class MockBeanTest {

    @Singleton
    static class PublicMethod {
        public String answer() {
            return "real";
        }
    }

    @Singleton
    static class PackagePrivateMethod {
        String answer() {
            return "real";
        }
    }

    @Singleton
    static class ProtectedMethod {
        protected String answer() {
            return "real";
        }
    }

    interface PackagePrivateInterface {
        String answer();
    }

    @Singleton
    static class Implementation implements PackagePrivateInterface {
        @Override
        public String answer() {
            return "real";
        }

        String unused() {
            return "of the class, which is not what is mocked";
        }
    }

    @Singleton
    record User(PublicMethod one, PackagePrivateInterface two, PackagePrivateMethod three, ProtectedMethod four) {}

    @MockBean(PublicMethod.class)
    PublicMethod one() {
        return new PublicMethod() {
            @Override
            public String answer() {
                return "mock";
            }
        };
    }

    @MockBean(Implementation.class)
    PackagePrivateInterface two() {
        return () -> "mock";
    }

    /** Micronaut's own behaviour, for which tests of the platform are refused; should it change, they need not be. */
    @MockBean(PackagePrivateMethod.class)
    PackagePrivateMethod three() {
        return new PackagePrivateMethod() {
            @Override
            String answer() {
                return "mock";
            }
        };
    }

    @MockBean(ProtectedMethod.class)
    ProtectedMethod four() {
        return new ProtectedMethod() {
            @Override
            protected String answer() {
                return "mock";
            }
        };
    }

    @Inject
    User user;

    @Test
    void public_methods_of_package_private_types_are_mocked_and_other_methods_are_not() {
        assertThat(user.one().answer()).isEqualTo("mock");
        assertThat(user.two().answer()).isEqualTo("mock");
        assertThat(user.three().answer()).isEqualTo("real");
        assertThat(user.four().answer()).isEqualTo("real");
    }

    @Singleton
    static class Answering implements Handler<String, String> {
        @Override
        public String handle(String item, Call call) {
            return item;
        }
    }

    @LocalPlatformTest(Answering.class)
    @MicronautTest
    static class IgnoredMock {

        static class Replaced {
            String answer() {
                return "real";
            }

            public String spoken() {
                return "real";
            }
        }

        @MockBean(Replaced.class)
        Replaced mock() {
            return new Replaced();
        }

        @Test
        void does_not_run() {}
    }

    @Test
    void a_test_whose_mock_would_be_ignored_is_refused_with_what_to_do() {
        SummaryGeneratingListener refused = run(IgnoredMock.class);
        assertThat(refused.getSummary().getTestsStartedCount()).isZero();
        assertThat(refused.getSummary().getFailures())
                .singleElement()
                .extracting(failure -> failure.getException().getMessage())
                .asString()
                .contains(
                        "answer of " + IgnoredMock.Replaced.class.getName(),
                        "Make them public",
                        "or mock an interface");
    }

    private static SummaryGeneratingListener run(Class<?> test) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(test))
                                .build(),
                        summary);
        return summary;
    }
}
