package dev.userservice.datasource;

import dev.userservice.time.Ticker;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.transaction.TransactionIntegration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The transactional connections to one server: a JDBC pool, made at its first use. Thread-safe;
 * every call may block for up to {@code users.datasource.write-deadline}.
 */
public final class WritePool implements AutoCloseable {

  private static final Duration IDLE_BEFORE_VALIDATION = Duration.ofSeconds(5);
  private static final long FIRST_PAUSE = Duration.ofMillis(10).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofMillis(250).toNanos();

  // It would not bound a commit, and cancel one that a procedure makes (ADR 1).
  private static final String NO_LIMIT = "0";

  private final DataSourceConfig config;
  private final Endpoint endpoint;
  private final Login login;
  private final TransactionIntegration transactions;
  private final Ticker ticker;
  private @Nullable AgroalDataSource pool;
  private volatile boolean closed;

  WritePool(
      DataSourceConfig config,
      Endpoint endpoint,
      Credentials credentials,
      TransactionIntegration transactions,
      Ticker ticker) {
    this.config = config;
    this.endpoint = endpoint;
    this.login = Login.of(config, credentials);
    this.transactions = new ConfirmedTransactions(transactions);
    this.ticker = ticker;
  }

  /** The pool as a JDBC data source. */
  public synchronized AgroalDataSource dataSource() {
    AgroalDataSource current = pool;
    if (current == null) {
      current = open();
      pool = current;
    }
    return current;
  }

  /**
   * A connection for the transaction of this thread. While the server answers that it takes no more
   * connections, waits for one that is returned or can be opened.
   *
   * @throws SQLException of the kind {@link Failure#REJECTED} if there is none within {@code
   *     users.datasource.write-deadline}; nothing was sent then
   */
  public Connection connection() throws SQLException {
    long deadline = ticker.nanos() + config.writeDeadline().toNanos();
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        return dataSource().getConnection();
      } catch (SQLException failure) {
        SQLException known = closed ? retired(failure) : Failure.ofOpening(failure);
        boolean again = Failure.of(known) == Failure.REJECTED && ticker.nanos() + pause < deadline;
        if (!again || Thread.currentThread().isInterrupted()) {
          throw known;
        }
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  }

  private SQLException retired(SQLException failure) {
    return new SQLException(endpoint + " is no longer in use", "08003", failure);
  }

  /**
   * Connections outside the pool, each of which the caller closes.
   *
   * @param name the application name that the server shows
   * @param silence how long the server may owe an answer, in whole seconds; zero for any time
   */
  public DataSource unpooled(String name, Duration silence) {
    return unpooled(login, name, silence);
  }

  /** The same for the role that may change the schema. */
  public DataSource unpooledForMigrator(String name, Duration silence) {
    return unpooled(Login.ofMigrator(config, login.credentials()), name, silence);
  }

  private DataSource unpooled(Login who, String name, Duration silence) {
    PGSimpleDataSource single = new PGSimpleDataSource();
    single.setUrl(url());
    single.setUser(who.credentials().username());
    passwordOf(who.credentials()).forEach((key, value) -> set(single, key, value));
    who.encryption().jdbcProperties().forEach((key, value) -> set(single, key, value));
    single.setApplicationName(name);
    single.setConnectTimeout(Integer.parseInt(seconds(config.connectTimeout())));
    single.setSocketTimeout(silence.isZero() ? 0 : Integer.parseInt(seconds(silence)));
    single.setTcpKeepAlive(true);
    single.setOptions(SessionSettings.options(Map.of("statement_timeout", NO_LIMIT)));
    return single;
  }

  private static void set(PGSimpleDataSource single, String property, String value) {
    try {
      single.setProperty(property, value);
    } catch (SQLException unknownProperty) {
      throw new IllegalArgumentException(unknownProperty);
    }
  }

  /**
   * Closes idle connections now and busy ones when they are returned, since the server changed its
   * role, or what the connections have prepared is out of date.
   */
  public synchronized void flush() {
    if (pool != null) {
      pool.flush(AgroalDataSource.FlushMode.GRACEFUL);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (pool != null) {
      pool.close();
    }
  }

  private AgroalDataSource open() {
    try {
      return AgroalDataSource.from(
          new AgroalDataSourceConfigurationSupplier()
              .metricsEnabled(false)
              .connectionPoolConfiguration(this::configure));
    } catch (SQLException cannotHappenWithoutInitialConnections) {
      throw new IllegalStateException(cannotHappenWithoutInitialConnections);
    }
  }

  private AgroalConnectionPoolConfigurationSupplier configure(
      AgroalConnectionPoolConfigurationSupplier supplier) {
    return supplier
        .minSize(0)
        .maxSize(config.writeConnections())
        .acquisitionTimeout(config.writeDeadline())
        .maxLifetime(config.maximumLifetime())
        .idleValidationTimeout(IDLE_BEFORE_VALIDATION)
        .connectionValidator(ConnectionValidator.defaultValidatorWithTimeout(2))
        .exceptionSorter(WritePool::endsConnection)
        .transactionIntegration(transactions)
        .connectionFactoryConfiguration(this::configure);
  }

  private AgroalConnectionFactoryConfigurationSupplier configure(
      AgroalConnectionFactoryConfigurationSupplier supplier) {
    long deadline = config.writeDeadline().toMillis();
    login.encryption().jdbcProperties().forEach(supplier::jdbcProperty);
    return supplier
        .connectionProviderClass(Driver.class)
        .jdbcUrl(url())
        .principal(new NamePrincipal(login.credentials().username()))
        .credential(login.credentials())
        .addSecurityProvider(WritePool::password)
        .loginTimeout(config.connectTimeout())
        .jdbcProperty("ApplicationName", "user-service")
        .jdbcProperty("tcpKeepAlive", "true")
        .jdbcProperty("connectTimeout", seconds(config.connectTimeout()))
        .jdbcProperty("socketTimeout", seconds(config.writeDeadline()))
        .jdbcProperty("prepareThreshold", "1")
        .jdbcProperty("stringtype", "unspecified")
        .jdbcProperty(
            "options",
            SessionSettings.options(
                Map.of(
                    "statement_timeout",
                    NO_LIMIT,
                    "lock_timeout",
                    Long.toString(deadline / 2),
                    "idle_in_transaction_session_timeout",
                    Long.toString(deadline))));
  }

  private static @Nullable Properties password(Object credential) {
    if (!(credential instanceof Credentials credentials)) {
      return null;
    }
    Properties properties = new Properties();
    properties.putAll(passwordOf(credentials));
    return properties;
  }

  // To the driver an empty password is a defect of the caller, and none is refused by the server.
  private static Map<String, String> passwordOf(Credentials credentials) {
    String password = credentials.currentPassword();
    return password.isEmpty() ? Map.of() : Map.of("password", password);
  }

  private static boolean endsConnection(SQLException failure) {
    Failure kind = Failure.of(failure);
    return kind == Failure.SERVER_GONE || kind == Failure.STALE_STATEMENT;
  }

  private String url() {
    return "jdbc:postgresql://%s:%d/%s"
        .formatted(endpoint.host(), endpoint.port(), login.credentials().database());
  }

  private static String seconds(Duration duration) {
    return Long.toString(Math.max(1, duration.toSeconds()));
  }
}
